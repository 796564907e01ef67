#include "ui/command/flow.h"
#include "base/job.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/write.h"

char *flow_path(const char *place, const struct table_kind *kind, int segment)
{
    struct text path = {0};
    text_addf(&path, "%s/rows-%s-%d", place, kind->key, segment);
    return text_take(&path);
}

bool flow_make_place(const char *place, struct error *error)
{
    struct text inside = {0};
    text_addf(&inside, "%s/", place);
    bool is_made = paths_make(inside.bytes, PATHS_FOR_ALL, error);
    text_drop(&inside);
    return is_made;
}

/* Behind an error nothing is written. */
static void take(void *context, enum table_segment segment, struct text *text)
{
    struct flow *flow = context;
    if (flow->error.code == ERROR_NONE && flow_make_place(flow->place, &flow->error)) {
        char *path = flow_path(flow->place, flow->kind, (int)segment);
        flow->has_file[segment] = write_more(path, text->bytes, text->length, &flow->error) ||
                                  flow->has_file[segment];
        memory_free(path);
    }
    text->length = 0;
}

static void print_one(void *context, size_t index, size_t worker)
{
    struct flow *flow = (struct flow *)context + index;
    (void)worker;
    (flow->is_whole ? table_print_flowing : table_print_segments)(
        flow->kind, flow->results, flow->format, flow->rest, take, flow);
}

bool flow_print(struct flow *flows, size_t count, size_t threads, struct error *error)
{
    struct job_pool *pool = job_pool_create(threads);
    job_run(pool, count, print_one, flows);
    job_pool_destroy(pool);
    for (size_t i = 0; i < count; i++) {
        if (flows[i].error.code != ERROR_NONE) {
            *error = flows[i].error;
            flows[i].error = (struct error){0};
            return false;
        }
    }
    return true;
}

void flow_end(struct flow *flow)
{
    for (int segment = 0; segment < SEGMENTS; segment++) {
        text_drop(&flow->rest[segment]);
    }
    error_clear(&flow->error);
}
