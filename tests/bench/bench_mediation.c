/*
 * Mediation of a study of 200 microbes, three mediators and an outcome, on two threads: the
 * whole table, and the estimates of each multivariable method of the 600 designs.
 */
#include "bench.h"
#include "multivariable/multivariable.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TAXA 200
#define MEDIATORS 3

/* Ten variants a microbe, thirty a mediator; every trait is known at all of them. Figures are
 * sines, so that they are the same on every machine. */
static const char made[] =
    "cd %s && awk -v OFS='\\t' 'function row(f,t,v,b,s){print (t==\"\"?\"\":t OFS) \"rs\" v,"
    "1+v%%20,v*50000,\"A\",\"C\",.3,b,s,1e-9,20000>f}"
    "BEGIN{h=\"SNP\\tchr\\tpos\\teffect_allele\\tother_allele\\teaf\\tbeta\\tse\\tpval\\tn\";"
    "print \"taxon\\t\" h>\"own.tsv\";print \"taxon\\t\" h>\"x.tsv\";print h>\"y.tsv\";"
    "for(m=1;m<=3;m++){print h>\"m\" m \".tsv\";print h>\"m\" m \"-own.tsv\"}"
    "for(v=1;v<=2090;v++){t=int((v-1)/10);x=v<=2000?.1+.02*sin(v*1.7):0;y=.05*x*sin(t);"
    "for(m=1;m<=3;m++){is=v>2000&&int((v-2001)/30)+1==m;b=.3*x*sin(t*m)+(is?.1+.03*sin(v):0)"
    "+.004*sin(v*3.1*m);row(\"m\" m \".tsv\",\"\",v,b,.004);"
    "if(is)row(\"m\" m \"-own.tsv\",\"\",v,b,.004);y+=.2*b}"
    "row(\"y.tsv\",\"\",v,y+.006*sin(v*5.3),.006);"
    "if(v<=2000)row(\"own.tsv\",\"genus.T\" t,v,x,.012);"
    "else for(t=0;t<200;t++)row(\"x.tsv\",\"genus.T\" t,v,.012*sin(v*7.7+t),.012)}}' && ("
    "echo 'exposure \"gut\" {'; echo ' instruments = \"own.tsv\"'; echo ' all_instruments = "
    "true'; echo ' associations = \"x.tsv\"'; echo ' unit = \"sd\"'; echo ' n = 14306}'; "
    "for m in 1 2 3; do echo \"mediator \\\"m$m\\\" {\"; echo \" instruments = "
    "\\\"m$m-own.tsv\\\"\"; echo ' all_instruments = true'; echo \" associations = "
    "\\\"m$m.tsv\\\"\"; echo ' n = 400000}'; done; echo 'outcome \"ill\" {'; echo ' "
    "associations = \"y.tsv\"'; echo ' n = 380000}') > study.conf";

static void print(const char *name, const struct bench_figure *figure)
{
    printf("%-52s %8.3f s %8.3f s of processors %7.1f MB\n", name, figure->seconds,
           figure->processor, figure->megabytes);
    fflush(stdout);
}

static void bench_command(const char *name, const char *command)
{
    struct bench_figure figure = bench_once(command);

    print(name, &figure);
}

static void bench_method(const char *program, const char *folder, const char *key,
                         struct bench_figure *all)
{
    char command[1024], name[64];
    struct bench_figure figure;

    snprintf(command, sizeof command,
             "%s mediate %s/study.conf -q --threads 2 --table estimates --methods %s", program,
             folder, key);
    snprintf(name, sizeof name, "  %s", key);
    figure = bench_once(command);
    all->seconds += figure.seconds;
    all->processor += figure.processor;
    all->megabytes = fmax(all->megabytes, figure.megabytes);
    print(name, &figure);
}

void bench_mediation(const char *program)
{
    char folder[64], command[4096];
    size_t count;
    const struct mv_method *const *methods = mv_methods_all(&count);
    struct bench_figure all = {0};

    snprintf(folder, sizeof folder, "/tmp/taxamr-bench-%d", (int)getpid());
    snprintf(command, sizeof command, "mkdir %s", folder);
    bench_run_once(command);
    snprintf(command, sizeof command, made, folder);
    bench_run_once(command);
    snprintf(command, sizeof command, "%s mediate %s/study.conf -q --threads 2", program,
             folder);
    bench_command("mediate, 200 microbes, 3 mediators, 1 outcome", command);
    snprintf(command, sizeof command, "%s mediate %s/study.conf -q --threads 2 --table network",
             program, folder);
    bench_command("its networks of three mediators", command);
    for (size_t i = 0; i < count; i++) {
        bench_method(program, folder, methods[i]->key, &all);
    }
    print("every method of all 600 designs, one run each", &all);
    snprintf(command, sizeof command, "rm -r %s", folder);
    bench_run_once(command);
}
