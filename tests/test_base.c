/* The base without text and jobs: memory, arenas, arrays, the map, errors. */
#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/write.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf out_of_memory;

static void jump_out(void)
{
    longjmp(out_of_memory, 1);
}

START_TEST(product_is_exact)
{
    ck_assert_uint_eq(memory_product(0, 8), 0);
    ck_assert_uint_eq(memory_product(8, 0), 0);
    ck_assert_uint_eq(memory_product(6, 7), 42);
    ck_assert_uint_eq(memory_product((size_t)1 << 30, 16), (size_t)16 << 30);
}
END_TEST

START_TEST(product_that_overflows_calls_the_handler)
{
    static const size_t factors[][2] = {{SIZE_MAX, 2},
                                        {2, SIZE_MAX},
                                        {SIZE_MAX / 2 + 1, 2},
                                        {(size_t)1 << 32, (size_t)1 << 32}};
    memory_on_exhaustion(jump_out);
    if (setjmp(out_of_memory) == 0) {
        memory_product(factors[_i][0], factors[_i][1]);
        ck_abort_msg("an overflow went unseen");
    }
}
END_TEST

START_TEST(get_and_resize_that_overflow_call_the_handler)
{
    memory_on_exhaustion(jump_out);
    if (setjmp(out_of_memory) == 0) {
        memory_get(SIZE_MAX / 4, 8);
        ck_abort_msg("memory_get let an overflow pass");
    }
    if (setjmp(out_of_memory) == 0) {
        memory_resize(NULL, SIZE_MAX / 4, 8);
        ck_abort_msg("memory_resize let an overflow pass");
    }
}
END_TEST

START_TEST(memory_comes_zeroed_and_copies_end_in_nul)
{
    char *zeros = memory_get(1000, 1);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(zeros[i], 0);
    memory_free(zeros);
    void *nothing = memory_get(0, 8);
    ck_assert_ptr_nonnull(nothing);
    memory_free(nothing);
    char *copy = memory_copy_bytes("abcdef", 3);
    ck_assert_str_eq(copy, "abc");
    copy = memory_resize(copy, 100, 1);
    ck_assert_str_eq(copy, "abc");
    memory_free(copy);
    ck_assert_ptr_null(memory_copy_text(NULL));
    memory_free(NULL);
}
END_TEST

/* Runs out of memory in a child without a handler, and keeps what it said. */
static int status_of_exhausted_child(char *words, size_t size)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        memory_on_exhaustion(NULL);
        memory_product(SIZE_MAX, 2);
        _exit(77);
    }
    close(ends[1]);
    ssize_t got = read(ends[0], words, size - 1);
    close(ends[0]);
    words[got > 0 ? got : 0] = '\0';
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(without_a_handler_the_process_ends_with_one_line)
{
    char words[500];
    ck_assert_int_eq(status_of_exhausted_child(words, sizeof words), 1);
    ck_assert_int_eq(strncmp(words, "taxamr: out of memory", 21), 0);
    ck_assert_ptr_eq(strchr(words, '\n'), words + strlen(words) - 1);
}
END_TEST

#ifdef TAXAMR_FAULTS
START_TEST(the_nth_allocation_fails_when_asked)
{
    volatile int taken = 0;
    setenv("TAXAMR_FAIL_ALLOC", "3", 1);
    memory_on_exhaustion(jump_out);
    if (setjmp(out_of_memory) == 0)
        for (; taken < 10; taken++)
            memory_free(memory_get(1, 1));
    ck_assert_int_eq(taken, 2);
}
END_TEST
#endif

START_TEST(arena_gives_aligned_zeroed_memory)
{
    struct arena *arena = arena_create();
    for (size_t i = 1; i < 3000; i++) {
        unsigned char *place = arena_get(arena, i % 97 + 1, 1);
        ck_assert_uint_eq((uintptr_t)place % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < i % 97 + 1; j++)
            if (place[j] != 0)
                ck_abort_msg("byte %zu of allocation %zu is not zero", j, i);
        memset(place, 0xAA, i % 97 + 1);
    }
    unsigned char *large = arena_get(arena, 1000, 1000);
    memset(large, 0xAA, 1000 * 1000);
    ck_assert_uint_ge(arena_size(arena), 1000 * 1000);
    arena_destroy(arena);
    arena_destroy(NULL);
}
END_TEST

START_TEST(arena_goes_back_to_a_mark)
{
    struct arena *arena = arena_create();
    struct arena_mark start = arena_mark(arena);
    char *kept = arena_text(arena, "kept");
    struct arena_mark mark = arena_mark(arena);
    size_t size = arena_size(arena);
    for (int turn = 0; turn < 50; turn++) {
        for (int i = 0; i < 100; i++) {
            double *values = arena_get(arena, 500, sizeof *values);
            ck_assert_double_eq(values[0], 0);
            ck_assert_double_eq(values[499], 0);
            values[0] = values[499] = 1;
        }
        arena_reset(arena, mark);
        ck_assert_str_eq(kept, "kept");
    }
    /* What a reset keeps for the next turn must not grow with the turns. */
    ck_assert_uint_le(arena_size(arena), size + 2 * 50000 * sizeof(double));
    arena_reset(arena, start);
    ck_assert_str_eq(arena_text(arena, "again"), "again");
    arena_destroy(arena);
}
END_TEST

START_TEST(arena_copies_text)
{
    struct arena *arena = arena_create();
    ck_assert_ptr_null(arena_text(arena, NULL));
    ck_assert_ptr_null(arena_lower(arena, NULL));
    ck_assert_str_eq(arena_lower(arena, "rs1:A-\xc3\x84z"), "rs1:a-\xc3\x84z");
    ck_assert_str_eq(arena_text(arena, ""), "");
    ck_assert_str_eq(arena_bytes(arena, "abcdef", 2), "ab");
    ck_assert_str_eq(arena_format(arena, "%s has %d", "taxon", 12), "taxon has 12");
    char *wide = arena_format(arena, "%100000d", 7);
    ck_assert_uint_eq(strlen(wide), 100000);
    ck_assert_int_eq(wide[99999], '7');
    arena_destroy(arena);
}
END_TEST

START_TEST(arena_that_overflows_calls_the_handler)
{
    struct arena *arena = arena_create();
    memory_on_exhaustion(jump_out);
    if (setjmp(out_of_memory) == 0) {
        arena_get(arena, SIZE_MAX / 2, 3);
        ck_abort_msg("an overflow went unseen");
    }
    if (setjmp(out_of_memory) == 0) {
        arena_get(arena, SIZE_MAX - 4, 1);
        ck_abort_msg("an overflow of the rounding went unseen");
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(array_keeps_items_while_it_grows)
{
    struct array array = ARRAY_OF(size_t);
    for (size_t i = 0; i < 10000; i++) {
        size_t *item = array_add(&array);
        ck_assert_uint_eq(*item, 0);
        *item = i * i;
    }
    ck_assert_uint_eq(array.count, 10000);
    for (size_t i = 0; i < array.count; i++)
        ck_assert_uint_eq(*(size_t *)array_at(&array, i), i * i);
    array_clear(&array);
    ck_assert_uint_eq(array.count, 0);
    ck_assert_uint_eq(*(size_t *)array_add(&array), 0);
    array_destroy(&array);
    ck_assert_ptr_null(array.items);
    array_destroy(&array);
}
END_TEST

START_TEST(map_finds_what_was_set)
{
    struct map *map = map_create();
    char key[32];
    size_t value = 77;
    ck_assert(!map_get(map, "rs1", &value));
    for (size_t i = 0; i < 20000; i++) {
        snprintf(key, sizeof key, "rs%zu", i);
        ck_assert(map_set(map, key, i * 3));
    }
    ck_assert_uint_eq(map_count(map), 20000);
    for (size_t i = 0; i < 20000; i++) {
        snprintf(key, sizeof key, "rs%zu", i);
        ck_assert(map_get(map, key, &value));
        ck_assert_uint_eq(value, i * 3);
    }
    value = 77;
    ck_assert(!map_get(map, "rs20000", &value));
    ck_assert_uint_eq(value, 77);
    map_destroy(map);
    map_destroy(NULL);
}
END_TEST

START_TEST(map_replaces_and_tells)
{
    struct map *map = map_create();
    size_t value;
    ck_assert(map_set(map, "", 1));
    ck_assert(map_set(map, "a", 2));
    ck_assert(!map_set(map, "a", 3));
    ck_assert(map_set(map, "A", 4));
    ck_assert_uint_eq(map_count(map), 3);
    ck_assert(map_get(map, "a", &value) && value == 3);
    ck_assert(map_get(map, "", &value) && value == 1);
    map_destroy(map);
}
END_TEST

START_TEST(map_can_borrow_its_keys)
{
    struct map *map = map_create_borrowing();
    const char *kept = NULL;
    char keys[200][8];
    size_t value, cursor = 0;
    for (size_t i = 0; i < 200; i++) {
        snprintf(keys[i], sizeof keys[i], "rs%zu", i);
        ck_assert(map_set(map, keys[i], i));
    }
    ck_assert(!map_set(map, "rs7", 70));
    ck_assert(map_get(map, "rs7", &value) && value == 70);
    ck_assert(map_next(map, &cursor, &kept) && kept >= keys[0] && kept <= keys[199]);
    map_destroy(map);
}
END_TEST

/* Published test vectors of 64-bit FNV-1a. */
START_TEST(hash_is_fnv_1a)
{
    ck_assert_uint_eq(map_hash(MAP_HASH_START, ""), UINT64_C(0xcbf29ce484222325));
    ck_assert_uint_eq(map_hash(MAP_HASH_START, "a"), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(map_hash(MAP_HASH_START, "foobar"), UINT64_C(0x85944171f73967e8));
    ck_assert_uint_eq(map_hash(map_hash(MAP_HASH_START, "foo"), "bar"),
                      UINT64_C(0x85944171f73967e8));
}
END_TEST

static void expect_message(struct error *error, const char *wanted)
{
    char *message = error_message(error);
    ck_assert_str_eq(message, wanted);
    memory_free(message);
    error_clear(error);
    ck_assert_int_eq(error->code, ERROR_NONE);
    ck_assert_ptr_null(error->text);
}

START_TEST(error_says_where_and_what)
{
    struct error error = {0};
    ck_assert(
        !error_set(&error, ERROR_DATA, "a.tsv", 12, "beta", "found %s; write a number", "x"));
    ck_assert_int_eq(error.code, ERROR_DATA);
    expect_message(&error, "a.tsv: line 12, column beta: found x; write a number");
    (void)error_set(&error, ERROR_DATA, "a.tsv", 12, NULL, "found nothing");
    expect_message(&error, "a.tsv: line 12: found nothing");
    (void)error_set(&error, ERROR_DATA, "a.tsv", 0, "beta", "found nothing");
    expect_message(&error, "a.tsv: column beta: found nothing");
    (void)error_set(&error, ERROR_USAGE, NULL, 0, NULL, "found nothing");
    expect_message(&error, "found nothing");
}
END_TEST

START_TEST(the_first_error_wins)
{
    struct error error = {0};
    (void)error_set(&error, ERROR_DATA, "a", 1, NULL, "cause");
    (void)error_set(&error, ERROR_USAGE, "b", 2, NULL, "consequence");
    ck_assert_int_eq(error.code, ERROR_DATA);
    expect_message(&error, "a: line 1: cause");
}
END_TEST

START_TEST(a_system_error_names_its_reason)
{
    struct error error = {0};
    errno = ENOENT;
    ck_assert(!error_set_errno(&error, "x.tsv", "cannot open"));
    ck_assert_int_eq(error.code, ERROR_SYSTEM);
    expect_message(&error, "x.tsv: cannot open: No such file or directory");
}
END_TEST

START_TEST(a_message_is_one_clean_line)
{
    struct error error = {0};
    (void)error_set(&error, ERROR_DATA, "a\nb", 1, "c\033[2J", "found \a; stop");
    expect_message(&error, "a\uFFFDb: line 1, column c\uFFFD[2J: found \uFFFD; stop");
}
END_TEST

/* Whatever the field holds, the place and the advice stay, and no character is cut in two. */
START_TEST(a_message_has_an_end)
{
    static const char *const fillings[] = {"x", "\u00E9", "\u4E2D", "\033", "\U0001F9A0"};
    struct text field = {0};
    for (int i = 0; i < 100000 + _i; i++)
        text_add(&field, fillings[_i]);
    struct error error = {0};
    (void)error_set(&error, ERROR_DATA, "a.tsv", 3, "beta", "found %s; write a number",
                    field.bytes);
    char *message = error_message(&error);
    size_t length = strlen(message);
    ck_assert_uint_le(length, 1000);
    ck_assert_uint_ge(length, 900);
    ck_assert(text_is_clean(message));
    ck_assert_ptr_eq(strstr(message, "a.tsv: line 3, column beta: found "), message);
    ck_assert_str_eq(message + length - 16, "; write a number");
    memory_free(message);
    error_clear(&error);
    text_drop(&field);
}
END_TEST

static TCase *memory_cases(void)
{
    TCase *cases = tcase_create("memory");
    tcase_add_test(cases, product_is_exact);
    tcase_add_loop_test(cases, product_that_overflows_calls_the_handler, 0, 4);
    tcase_add_test(cases, get_and_resize_that_overflow_call_the_handler);
    tcase_add_test(cases, memory_comes_zeroed_and_copies_end_in_nul);
    tcase_add_test(cases, without_a_handler_the_process_ends_with_one_line);
#ifdef TAXAMR_FAULTS
    tcase_add_test(cases, the_nth_allocation_fails_when_asked);
#endif
    return cases;
}

static TCase *container_cases(void)
{
    TCase *cases = tcase_create("containers");
    tcase_add_test(cases, arena_gives_aligned_zeroed_memory);
    tcase_add_test(cases, arena_goes_back_to_a_mark);
    tcase_add_test(cases, arena_copies_text);
    tcase_add_test(cases, arena_that_overflows_calls_the_handler);
    tcase_add_test(cases, array_keeps_items_while_it_grows);
    tcase_add_test(cases, map_finds_what_was_set);
    tcase_add_test(cases, map_replaces_and_tells);
    tcase_add_test(cases, map_can_borrow_its_keys);
    tcase_add_test(cases, hash_is_fnv_1a);
    return cases;
}

static TCase *error_cases(void)
{
    TCase *cases = tcase_create("error");
    tcase_add_test(cases, error_says_where_and_what);
    tcase_add_test(cases, the_first_error_wins);
    tcase_add_test(cases, a_system_error_names_its_reason);
    tcase_add_test(cases, a_message_is_one_clean_line);
    tcase_add_loop_test(cases, a_message_has_an_end, 0, 5);
    return cases;
}

static char *in_folder(const char *folder, const char *name)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", folder, name);
    return text_take(&path);
}

/* A link leads to the file that is written, a pipe has a reader: both stay what they are. */
START_TEST(links_and_pipes_stay)
{
    char folder[] = "/tmp/taxamr-test-XXXXXX", got[8] = "", opened[32];
    struct error error = {0};
    struct stat status;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char *link = in_folder(folder, "link"), *file = in_folder(folder, "file"),
         *pipe = in_folder(folder, "pipe");
    ck_assert_int_eq(symlink("file", link), 0);
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    for (int i = 0; i < 2; i++) { /* where nothing is, and over what is */
        ck_assert(write_whole(link, "new", 3, &error));
        ck_assert(lstat(link, &status) == 0 && S_ISLNK(status.st_mode));
        ck_assert(lstat(file, &status) == 0 && S_ISREG(status.st_mode));
        ck_assert_int_eq(status.st_size, 3);
    }
    int reader = open(pipe, O_RDONLY | O_NONBLOCK);
    ck_assert(write_whole(pipe, "bytes", 5, &error));
    ck_assert(lstat(pipe, &status) == 0 && S_ISFIFO(status.st_mode));
    ck_assert_int_eq(read(reader, got, sizeof got - 1), 5);
    ck_assert_str_eq(got, "bytes");
    close(reader);
    int appended = open(file, O_WRONLY | O_APPEND); /* as behind >> */
    snprintf(opened, sizeof opened, "/dev/fd/%d", appended);
    ck_assert(write_whole(opened, "more", 4, &error));
    ck_assert(fstat(appended, &status) == 0 && status.st_size == 7 && status.st_nlink == 1);
    close(appended);
    char *paths[] = {link, file, pipe};
    for (size_t i = 0; i < 3; i++) {
        unlink(paths[i]);
        memory_free(paths[i]);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    suite_add_tcase(suite, memory_cases());
    suite_add_tcase(suite, container_cases());
    suite_add_tcase(suite, error_cases());
    TCase *files = tcase_create("files");
    tcase_add_test(files, links_and_pipes_stay);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
