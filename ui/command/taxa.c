#include "ui/command/taxa.h"
#include "base/memory.h"
#include "ui/command/language.h"
#include "ui/command/load.h"
#include "ui/command/output.h"
#include "ui/explorer/explorer.h"

bool wants_ascii(const struct options *options)
{
    return options_has(options, OPTION_ASCII) || !language_is_utf8();
}

bool print_taxa(const struct options *options, const struct study *study, struct error *error)
{
    struct results *results = load_main_results(options, study);
    struct text text = {0};
    char *taxa =
        explorer_taxa_text(results, output_width(options->width), wants_ascii(options));
    text_add(&text, taxa);
    memory_free(taxa);
    results_destroy(results);
    return output_print(&text, error);
}
