#include "base/i18n.h"
#include "base/memory.h"
#include "gwas/dialects.h"
#include "gwas/explain.h"
#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* Tables up to this size are read whole: their rows tell more. */
static const off_t small_file = 16 << 20;

/* Effects that could all be odds ratios tell something from so many on. */
static const size_t least_effects = 8;

static bool is_small(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size < small_file;
}

static void tell(struct array *lines, const char *role, const char *why, const char *override)
{
    *(struct explain_line *)array_add(lines) =
        (struct explain_line){.role = role, .why = why, .override = override};
}

static void tell_build(const struct build_fit *fit, const struct dialect *dialect,
                       struct arena *arena, struct array *lines)
{
    int build = build_of(fit);
    size_t fits = build == 37 ? fit->on_37 : fit->on_38;
    const char *why;

    if (build != 0 && dialect != NULL && dialect->build != 0 && dialect->build != build) {
        why = arena_format(arena,
                           _("GRCh%d: %zu of %zu known positions fit, though the format has "
                             "GRCh%d"),
                           build, fits, fit->met, dialect->build);
    } else if (build != 0) {
        why = arena_format(arena, _("GRCh%d: %zu of %zu known positions fit"), build, fits,
                           fit->met);
    } else if (dialect != NULL && dialect->build != 0) {
        why = arena_format(arena, _("GRCh%d by the format; %zu known positions met"),
                           dialect->build, fit->met);
    } else if (fit->met == 0) {
        why = _("unknown: no known position was met");
    } else {
        why = arena_format(arena,
                           _("unknown: of %zu known positions %zu fit GRCh37 and %zu "
                             "GRCh38"),
                           fit->met, fit->on_37, fit->on_38);
    }
    tell(lines, "build", why, NULL);
}

/* Whether the effects, given as beta, are all above 0 and around 1. */
static bool look_like_ratios(const struct gwas_table *table)
{
    size_t around = 0;

    if (table->columns.of[COLUMN_BETA] == COLUMN_NONE || table->rows.count < least_effects) {
        return false;
    }
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct gwas_row *row = array_at(&table->rows, i);

        if (!(row->association.beta > 0)) {
            return false;
        }
        around += row->association.beta > 0.5 && row->association.beta < 2;
    }
    return 10 * around > 8 * table->rows.count;
}

static void tell_rows(const struct gwas_table *table, const struct builds *builds,
                      struct arena *arena, struct array *lines)
{
    struct build_fit fit = {0};
    const struct dialect *dialect = table->columns.dialect;
    bool is_open = table->columns.of[COLUMN_ODDS_RATIO] != COLUMN_NONE &&
                   table->columns.of[COLUMN_SE] != COLUMN_NONE &&
                   (dialect == NULL || dialect->se != SE_OF_LOG);

    for (size_t i = 0; i < table->rows.count; i++) {
        const struct gwas_row *row = array_at(&table->rows, i);

        builds_count(builds, &row->association, &fit);
    }
    if (is_open && table->rows.count > 0) {
        tell(lines, "se",
             table->ratio_se > 0
                 ? _("SE beside odds ratios agree with P as those of the ratios: they are "
                     "divided "
                     "by them")
                 : _("SE beside odds ratios are taken as those of their logarithms, as P bears "
                     "out or nothing contradicts"),
             NULL);
    }
    if (look_like_ratios(table)) {
        tell(lines, "beta", _("all effects are above 0 and around 1, as odds ratios are"),
             "--col odds_ratio=NAME");
    }
    tell_build(&fit, dialect, arena, lines);
}

bool explain_content(const char *path, const struct gwas_options *options,
                     const struct builds *builds, struct arena *arena, struct array *lines,
                     struct error *error)
{
    struct gwas_options asked = *options;
    struct gwas_table table;
    bool is_read;

    asked.skip_bad_rows = true;
    if (strcmp(path, "-") == 0) {
        tell(lines, "build", _("not looked for in standard input"), NULL);
        return true;
    }
    if (!is_small(path)) {
        asked.wanted = (struct gwas_wanted){.variants = builds_ids(builds)};
    }
    is_read = gwas_read(path, &asked, arena, &table, error);
    if (is_read && !is_small(path) && table.rows.count == 0) {
        gwas_table_destroy(&table);
        asked.wanted = (struct gwas_wanted){.places = builds_places(builds)};
        is_read = gwas_read(path, &asked, arena, &table, error);
    }
    if (is_read) {
        tell_rows(&table, builds, arena, lines);
        gwas_table_destroy(&table);
    } else {
        char *message = error_message(error);

        tell(lines, "build", arena_format(arena, _("unknown: %s"), message), NULL);
        memory_free(message);
    }
    return is_read;
}
