#include "study/noted.h"
#include <string.h>

static struct array take(struct array *array)
{
    struct array taken = *array;
    *array = (struct array){.item_size = taken.item_size};
    return taken;
}

struct noted noted_take(struct study *study)
{
    return (struct noted){take(&study->ledger), take(&study->files), take(&study->warnings)};
}

static void give(struct array *to, struct array *from)
{
    for (size_t i = 0; i < from->count; i++) {
        memcpy(array_add(to), array_at(from, i), to->item_size);
    }
    array_destroy(from);
}

void noted_give(struct study *study, struct noted *notes)
{
    give(&study->ledger, &notes->ledger);
    give(&study->files, &notes->files);
    give(&study->warnings, &notes->warnings);
}

void noted_hush(struct study *study)
{
    array_clear(&study->ledger);
    array_clear(&study->warnings);
}
