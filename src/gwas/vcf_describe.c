#include "base/i18n.h"
#include "gwas/explain.h"
#include "gwas/vcf_parts.h"
#include <string.h>

/* The columns that every line has, before the samples. */
static const struct vcf_known columns[] = {
    {"CHROM", "chromosome", N_("\"chr\" is left out")},
    {"POS", "position", N_("base pairs on the build of the contig lines")},
    {"ID", "variant", N_("else FORMAT/ID, INFO/RSID, or place and alleles")},
    {"REF", "other_allele", N_("the reference's allele is never the effect allele")},
    {"ALT", "effect_allele", N_("each ALT of a line is a variant of its own")},
    {"QUAL", NULL, N_("not needed")},
    {"FILTER", NULL, N_("no filter unless asked for")},
    {"INFO", NULL, N_("annotations; only RSID is used, where ID has none")},
};

static void add_line(struct array *explained, const char *column, const char *role,
                     const char *why, const char *override)
{
    struct explain_line *line = array_add(explained);

    *line = (struct explain_line){column, role, why, override};
}

/* A field that --col can choose another one for. */
static const char *override_of(const struct vcf_format *format, const char *role,
                               struct arena *arena)
{
    bool can_be = role != NULL && (strcmp(role, "beta") == 0 || strcmp(role, "se") == 0 ||
                                   strcmp(role, "eaf") == 0 || strcmp(role, "n") == 0);

    return can_be ? arena_format(arena, "--col %s=%s", role, format->key) : NULL;
}

static void add_format(struct array *explained, const struct vcf_format *format,
                       struct arena *arena)
{
    enum vcf_field field = vcf_field_of(format->key, strlen(format->key));
    const char *column = arena_format(arena, "FORMAT/%s", format->key);

    if (field < VCF_FIELDS) {
        add_line(explained, column, vcf_fields[field].role, _(vcf_fields[field].why),
                 override_of(format, vcf_fields[field].role, arena));
    } else {
        add_line(explained, column, NULL,
                 format->words == NULL ? _("not known") : format->words, NULL);
    }
}

static void add_sample(struct array *explained, const struct vcf_sample *sample, bool is_only,
                       struct arena *arena)
{
    const char *words = is_only ? _("the trait of the file") : _("a trait of this name");

    if (sample->n > 0) {
        words = arena_format(arena, _("%s; N %.0f, where FORMAT has none"), words, sample->n);
    }
    add_line(explained, sample->name, is_only ? NULL : "trait", words, NULL);
}

static void note_traits(const struct vcf_header *header, struct vcf_traits *traits)
{
    *traits = (struct vcf_traits){.first = *(struct vcf_sample *)array_at(&header->samples, 0)};
    for (size_t i = 1; i < header->samples.count; i++) {
        const struct vcf_sample *sample = array_at(&header->samples, i);

        traits->units_differ |=
            sample->unit != traits->first.unit || sample->is_binary != traits->first.is_binary;
    }
}

bool vcf_describe(struct lines *lines, struct arena *arena, struct array *explained,
                  struct vcf_traits *traits, struct error *error)
{
    struct vcf_header header;

    if (!vcf_header_read(lines, arena, &header, error)) {
        return false;
    }
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        bool is_place = i == VCF_POS && header.assembly != NULL;

        add_line(explained, columns[i].key, columns[i].role,
                 is_place ? arena_format(arena, _("base pairs on %s, by the contig lines"),
                                         header.assembly)
                          : _(columns[i].why),
                 NULL);
    }
    for (size_t i = 0; i < header.formats.count; i++) {
        add_format(explained, array_at(&header.formats, i), arena);
    }
    for (size_t i = 0; i < header.samples.count; i++) {
        add_sample(explained, array_at(&header.samples, i), header.samples.count == 1, arena);
    }
    if (traits != NULL) {
        note_traits(&header, traits);
    }
    vcf_header_destroy(&header);
    return true;
}
