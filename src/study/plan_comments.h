/*
 * Comments out of the text of a file for libconfuse. In: text. Out: the same with spaces in the
 * place of comments, its lines kept: libconfuse 3.3 counts the lines of comments twice, and
 * would name wrong ones.
 */
#ifndef STUDY_PLAN_COMMENTS_H
#define STUDY_PLAN_COMMENTS_H

void plan_blank_comments(char *text);

#endif
