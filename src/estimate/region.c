#include "estimate/region.h"
#include "base/i18n.h"
#include "numeric/tail.h"
#include <math.h>

struct region region_begin(size_t most, struct arena *scratch)
{
    struct region region = {.count = 0};

    region.pieces = arena_get(scratch, most, sizeof *region.pieces);
    return region;
}

void region_add(struct region *region, double lower, double upper, double gap)
{
    struct interval_piece *last = region->pieces + region->count - 1;

    if (region->count > 0 && lower - last->upper <= gap) {
        last->upper = fmax(last->upper, upper);
        return;
    }
    region->pieces[region->count++] = (struct interval_piece){lower, upper};
}

double region_depth(const struct estimate_settings *settings)
{
    double z = quantile_normal(0.5 + 0.5 * settings->level);

    return z * z;
}

static bool holds_null(const struct region *region)
{
    for (size_t i = 0; i < region->count; i++) {
        if (region->pieces[i].lower <= 0 && region->pieces[i].upper >= 0) {
            return true;
        }
    }
    return false;
}

/* What must be known of the interval and of se. */
static const char *describe(const struct region *region, double width, struct arena *scratch)
{
    if (region->count > 1) {
        return arena_format(scratch, _("the interval is in %zu pieces; no standard error"),
                            region->count);
    }
    if (!isfinite(width)) {
        return _("the data exclude no effect, so the interval has no ends; no standard error");
    }
    return width > 0 ? _("se is the interval's width in normal errors")
                     : _("the interval's ends cannot be told apart; no standard error");
}

void region_fill(struct estimate *estimate, const struct estimate_settings *settings,
                 const struct region *region, double statistic, const char *remark,
                 struct arena *scratch)
{
    double z = sqrt(fmax(statistic, 0)), width;
    const char *words;

    estimate->lower = region->pieces[0].lower;
    estimate->upper = region->pieces[region->count - 1].upper;
    estimate->contains_null = holds_null(region);
    width = estimate->upper - estimate->lower;
    if (region->count > 1) {
        estimate->pieces = region->pieces;
        estimate->piece_count = region->count;
    } else if (isfinite(width) && width > 0) {
        estimate->se = width / (2 * sqrt(region_depth(settings)));
    }
    estimate->p = tail_normal_two_sided(z);
    estimate->neglog10_p = tail_normal_two_sided_neglog10(z);
    words = describe(region, width, scratch);
    estimate->note = remark == NULL ? words : arena_format(scratch, "%s; %s", remark, words);
}
