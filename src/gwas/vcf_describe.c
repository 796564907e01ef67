#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
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

static void add_line(struct text *text, const char *before, const char *key, const char *role,
                     const char *why)
{
    char *clean = text_clean(key);
    char *words = text_clean(why);

    text_addf(text, "%s%s\t%s\t%s\n", before, clean, role == NULL ? "NA" : role, words);
    memory_free(clean);
    memory_free(words);
}

static void add_format(struct text *text, const struct vcf_format *format)
{
    enum vcf_field field = vcf_field_of(format->key, strlen(format->key));

    if (field < VCF_FIELDS) {
        add_line(text, "FORMAT/", format->key, vcf_fields[field].role,
                 _(vcf_fields[field].why));
    } else {
        add_line(text, "FORMAT/", format->key, NULL,
                 format->words == NULL ? _("not known") : format->words);
    }
}

static void add_sample(struct text *text, const struct vcf_sample *sample,
                       const struct vcf_header *header)
{
    struct text words = {0};

    text_add(&words, header->samples.count > 1 ? _("a trait of this name")
                                               : _("the trait of the file"));
    if (sample->n > 0) {
        text_addf(&words, _("; N %.0f, where FORMAT has none"), sample->n);
    }
    add_line(text, "", sample->name, header->samples.count > 1 ? "trait" : NULL, words.bytes);
    text_drop(&words);
}

bool vcf_describe(struct lines *lines, struct text *text, struct error *error)
{
    struct arena *arena = arena_create();
    struct vcf_header header;
    bool is_read = vcf_header_read(lines, arena, &header, error);

    if (is_read) {
        text_add(text, "column\trole\twhy\n");
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            bool is_place = strcmp(columns[i].key, "POS") == 0 && header.assembly != NULL;

            add_line(text, "", columns[i].key, columns[i].role,
                     is_place ? header.assembly : _(columns[i].why));
        }
        for (size_t i = 0; i < header.formats.count; i++) {
            add_format(text, array_at(&header.formats, i));
        }
        for (size_t i = 0; i < header.samples.count; i++) {
            add_sample(text, array_at(&header.samples, i), &header);
        }
        vcf_header_destroy(&header);
    }
    arena_destroy(arena);
    return is_read;
}
