/* A lesson's file: read, or refused in one line; what was read can be filled in and answered
 * without any data. */
#include "lesson/lesson.h"
#include "fuzz.h"
#include "lesson/answer.h"
#include "lesson/words.h"

static void use(const struct lesson_step *step, struct arena *arena)
{
    struct quantity_source nothing = {0};

    (void)words_filled(step->text, &nothing, arena);
    (void)words_filled(step->ask, &nothing, arena);
    (void)answer_judge(step, &nothing, step->ask);
    (void)answer_judge(step, &nothing, answer_right(step, &nothing, arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_create();
    struct error error = {0};
    struct lesson lesson;

    if (lesson_read(fuzz_file("lesson.txt", bytes, length), arena, &lesson, &error)) {
        for (size_t i = 0; i < lesson.step_count; i++) {
            use(&lesson.steps[i], arena);
        }
    } else {
        fuzz_refused(&error);
    }
    arena_destroy(arena);
    return 0;
}
