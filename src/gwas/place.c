#include "gwas/place.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Names that are not the numbers that they stand for. */
static const struct {
    const char *name, *code;
} chromosomes[] = {
    {"23", "X"}, {"24", "Y"},  {"25", "X"}, {"26", "MT"},  {"x", "X"},    {"y", "Y"},
    {"m", "MT"}, {"mt", "MT"}, {"xy", "X"}, {"par1", "X"}, {"par2", "X"},
};

const char *place_chromosome(const char *text)
{
    bool has_prefix = strncasecmp(text, "chr", 3) == 0 && text[3] != '\0';
    const char *name = has_prefix ? text + 3 : text;

    while (name[0] == '0' && isalnum((unsigned char)name[1])) {
        name++;
    }
    for (size_t i = 0; i < sizeof chromosomes / sizeof *chromosomes; i++) {
        if (text_equal_fold(name, chromosomes[i].name)) {
            return chromosomes[i].code;
        }
    }
    return name;
}

static bool is_separator(char c)
{
    return c == ':' || c == '_' || c == '-';
}

/* The part at *at up to a separator or a comma; its length. */
static size_t take_part(const char **at, const char **part)
{
    *part = *at;
    while (**at != '\0' && !is_separator(**at) && **at != ',' && **at != '/') {
        (*at)++;
    }
    return (size_t)(*at - *part);
}

/* 1 to 22, X, Y or MT. */
static bool is_chromosome(const char *code)
{
    if (!isdigit((unsigned char)code[0])) {
        return strcmp(code, "X") == 0 || strcmp(code, "Y") == 0 || strcmp(code, "MT") == 0;
    }
    return code[0] != '0' &&
           (code[1] == '\0' || (code[0] == '1' && isdigit((unsigned char)code[1])) ||
            (code[0] == '2' && code[1] >= '0' && code[1] <= '2')) &&
           (code[1] == '\0' || code[2] == '\0');
}

static bool take_chromosome(const char **at, struct place *place)
{
    char name[8];
    const char *part;
    size_t length = take_part(at, &part);
    const char *code;

    if (length == 0 || length >= sizeof name || !is_separator(**at)) {
        return false;
    }
    memcpy(name, part, length);
    name[length] = '\0';
    code = place_chromosome(name);
    if (!is_chromosome(code)) {
        return false;
    }
    memcpy(place->chromosome, code, strlen(code) + 1);
    return true;
}

static bool take_position(const char **at, struct place *place)
{
    const char *part;
    size_t length = take_part(at, &part);

    place->position = 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)part[i])) {
            return false;
        }
        place->position = place->position * 10 + (part[i] - '0');
    }
    return length > 0 && length < 11;
}

/* Sequences of bases, or I and D. */
static size_t take_allele(const char **at, const char **allele)
{
    size_t length = take_part(at, allele);
    size_t bases = strspn(*allele, "ACGTacgt");

    return length > 0 && (bases >= length || (length == 1 && strchr("ID", **allele) != NULL))
               ? length
               : 0;
}

bool place_of_id(const char *id, struct place *place)
{
    const char *at = id;

    *place = (struct place){.position = 0};
    if (!take_chromosome(&at, place)) {
        return false;
    }
    at++;
    if (!take_position(&at, place)) {
        return false;
    }
    if (*at == '\0') {
        return true;
    }
    at++;
    place->first_length = take_allele(&at, &place->first);
    at += *at != '\0';
    place->second_length = place->first_length > 0 ? take_allele(&at, &place->second) : 0;
    if (place->second_length == 0) {
        place->first_length = 0;
    }
    return true;
}
