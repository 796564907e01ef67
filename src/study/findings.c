#include "study/findings.h"
#include "base/memory.h"
#include <math.h>

static size_t leader_of(const struct finding *findings, size_t i)
{
    while (findings[i].leader != i) {
        i = findings[i].leader;
    }
    return i;
}

static void join(struct finding *findings, size_t one, size_t other, double index)
{
    size_t first = leader_of(findings, one), second = leader_of(findings, other);
    findings[first > second ? first : second].leader = first > second ? second : first;
    findings[one].nearest = fmax(findings[one].nearest, index); /* fmax passes NaN over */
    findings[other].nearest = fmax(findings[other].nearest, index);
}

static void join_near(const struct shared_variants *shared, struct finding *findings,
                      bool *mark)
{
    for (size_t i = 0; i < shared->pair_count; i++) {
        for (size_t k = 0; k < i; k++) {
            double index = shared_jaccard(&shared->pairs[k], &shared->pairs[i], mark);
            if (index >= FINDINGS_JACCARD) {
                join(findings, k, i, index);
            }
        }
    }
}

/* Counts, and the least index within each. */
static void measure(const struct shared_variants *shared, struct finding *findings, bool *mark)
{
    for (size_t i = 0; i < shared->pair_count; i++) {
        findings[i].leader = leader_of(findings, i);
        struct finding *leader = &findings[findings[i].leader];
        leader->count++;
        for (size_t k = 0; k < i; k++) {
            if (findings[k].leader == findings[i].leader) {
                double index = shared_jaccard(&shared->pairs[k], &shared->pairs[i], mark);
                leader->least = fmin(leader->least, index);
            }
        }
    }
    for (size_t i = 0; i < shared->pair_count; i++) {
        findings[i].count = findings[findings[i].leader].count;
        findings[i].least = findings[findings[i].leader].least;
    }
}

struct finding *findings_of(const struct shared_variants *shared, struct arena *arena)
{
    struct finding *findings = arena_get(arena, shared->pair_count, sizeof *findings);
    bool *mark = memory_get(shared->count, sizeof *mark);
    for (size_t i = 0; i < shared->pair_count; i++) {
        findings[i] = (struct finding){.leader = i, .nearest = NAN, .least = NAN};
    }
    join_near(shared, findings, mark);
    measure(shared, findings, mark);
    memory_free(mark);
    return findings;
}
