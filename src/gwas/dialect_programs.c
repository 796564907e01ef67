#include "base/i18n.h"
#include "gwas/dialects.h"

/* More special signatures come first. */
const struct dialect dialect_programs[] = {
    {
        .key = "regenie",
        .name = "REGENIE",
        .signature = "genpos id allele0 allele1 log10p",
        .columns = "variant=id chromosome=chrom position=genpos effect_allele=allele1 "
                   "other_allele=allele0 eaf=a1freq beta=beta se=se neglog10_pval=log10p n=n "
                   "n_cases=ncases n_controls=ncontrols test=test error_code=extra",
        .source = "https://rgcgithub.github.io/regenie/options/",
        .effect =
            N_("ALLELE1 is the effect allele, though ALLELE0 stands first; rows with TEST_FAIL "
               "in EXTRA are not used"),
        .scale = N_("log odds of a binary trait, the trait's unit otherwise"),
        .se = SE_OF_LOG,
        .failure = "fail",
    },
    {
        .key = "bolt-lmm",
        .name = "BOLT-LMM",
        .signature = "snp chr bp allele1 allele0 pboltlmm|pboltlmminf|plinreg",
        .columns = "variant=snp chromosome=chr position=bp effect_allele=allele1 "
                   "other_allele=allele0 eaf=a1freq beta=beta se=se "
                   "pval=pboltlmm|pboltlmminf|plinreg",
        .source = "https://alkesgroup.broadinstitute.org/BOLT-LMM/BOLT-LMM_manual.html",
        .effect = N_("ALLELE1 is the effect allele; GENPOS is in morgans and no position; "
                     "P_BOLT_LMM stands before P_BOLT_LMM_INF, and this before P_LINREG"),
        .scale = N_("the trait's unit; of a 0/1 trait a difference in risk, not log odds"),
    },
    {
        .key = "saige",
        .name = "SAIGE",
        .signature = "chr pos allele1 allele2 afallele2",
        .columns = "variant=rsid|markerid|snpid chromosome=chr position=pos "
                   "effect_allele=allele2 other_allele=allele1 eaf=afallele2 beta=beta se=se "
                   "pval=pvalue n=n n_cases=ncase|ncases n_controls=nctrl|ncontrols",
        .source = "https://saigegit.github.io/SAIGE-doc/docs/single_step2.html",
        .effect = N_("Allele2 is the effect allele, not Allele1"),
        .scale = N_("log odds of a binary trait, the trait's unit otherwise"),
    },
    {
        .key = "snptest",
        .name = "SNPTEST",
        .signature = "rsid allelea alleleb frequentistaddbeta1:",
        .columns = "variant=rsid chromosome=chromosome position=position|pos "
                   "effect_allele=alleleb other_allele=allelea genotypes_0=allaa "
                   "genotypes_1=allab genotypes_2=allbb beta=frequentistaddbeta1: "
                   "se=frequentistaddse1: pval=frequentistaddpvalue|"
                   "frequentistaddlrtpvalue|frequentistaddwaldpvalue1 n=alltotal "
                   "n_cases=casestotal n_controls=controlstotal error_code=comment",
        .source = "https://www.well.ox.ac.uk/~gav/snptest/",
        .effect =
            N_("alleleB is the effect allele, though alleleA stands first; all_maf does not "
               "say of which allele it is, so EAF comes from all_AA, all_AB and all_BB; "
               "rows whose comment says that the fit failed are not used"),
        .scale = N_("log odds of a binary trait; of another SD, unless SNPTEST was run with "
                    "-use_raw_phenotypes"),
        .se = SE_OF_LOG,
        .has_gaps = true,
        .failure = "fail",
    },
    {
        .key = "gemma",
        .name = "GEMMA",
        .signature = "chr rs ps allele1 allele0 pwald|plrt|pscore",
        .columns = "variant=rs chromosome=chr position=ps effect_allele=allele1 "
                   "other_allele=allele0 eaf=af beta=beta se=se pval=pwald|plrt|pscore n=nobs",
        .source = "https://github.com/genetics-statistics/GEMMA/blob/master/doc/manual.pdf",
        .effect =
            N_("allele1, mostly the minor allele, is the effect allele, af its frequency; "
               "p_wald stands before p_lrt and p_score; n_miss is no sample size; -9 is "
               "no place"),
        .scale = N_("the trait's unit; of a 0/1 trait a difference in risk, not log odds"),
    },
    {
        .key = "plink2",
        .name = "PLINK 2 --glm",
        .signature = "id a1 test obsct",
        .columns = "variant=id chromosome=chrom position=pos effect_allele=a1 "
                   "other_allele=omitted|ax ref=ref alt=alt eaf=a1freq odds_ratio=or beta=beta "
                   "se=log(or)se|se ci_lower=l95 ci_upper=u95 "
                   "z=zstat|tstat|zorfstat|torfstat neglog10_pval=log10p|neglog10p pval=p "
                   "n=obsct test=test error_code=errcode",
        .source = "https://www.cog-genomics.org/plink/2.0/formats#glm_logistic",
        .effect = N_("A1 is the effect allele, whether it is REF or ALT; rows of another TEST "
                     "than ADD and rows with an ERRCODE are not used"),
        .scale = N_("log odds where there is OR, the trait's unit otherwise"),
        .se = SE_OF_LOG,
    },
    {
        .key = "plink1-assoc",
        .name = "PLINK 1 --assoc",
        .signature = "snp a1 fa fu a2 or",
        .columns = "variant=snp chromosome=chr position=bp effect_allele=a1 other_allele=a2 "
                   "odds_ratio=or se=se ci_lower=l95 ci_upper=u95 pval=p",
        .source = "https://www.cog-genomics.org/plink/1.9/formats#assoc",
        .effect = N_("A1, mostly the minor allele, is the effect allele; F_A and F_U are its "
                     "frequencies in cases and controls, and neither is taken as EAF"),
        .scale = N_("log odds"),
        .unit = UNIT_LOG_ODDS,
        .se = SE_OF_LOG,
    },
    {
        .key = "plink1",
        .name = "PLINK 1 --logistic, --linear",
        .signature = "snp a1 test nmiss",
        .columns = "variant=snp chromosome=chr position=bp effect_allele=a1 other_allele=a2 "
                   "odds_ratio=or beta=beta se=se ci_lower=l95 ci_upper=u95 z=stat pval=p "
                   "n=nmiss test=test",
        .source = "https://www.cog-genomics.org/plink/1.9/formats#assoc_linear",
        .effect =
            N_("A1, mostly the minor allele, is the effect allele; the other allele is not "
               "in the file; NMISS counts people who are not missing; rows of another "
               "TEST than ADD are not used"),
        .scale = N_("log odds where there is OR, the trait's unit otherwise"),
        .se = SE_OF_LOG,
    },
    {
        .key = "fastgwa",
        .name = "GCTA fastGWA",
        .signature = "chr snp pos a1 a2 n af1 beta se p",
        .columns = "variant=snp chromosome=chr position=pos effect_allele=a1 other_allele=a2 "
                   "eaf=af1 beta=beta se=se pval=p n=n",
        .source = "https://yanglab.westlake.edu.cn/software/gcta/#fastGWA",
        .effect = N_("A1 is the effect allele, AF1 its frequency"),
        .scale =
            N_("log odds where there is P_noSPA (fastGWA-GLMM), the trait's unit otherwise"),
    },
    {
        .key = "cojo",
        .name = "GCTA COJO .ma",
        .signature = "snp a1 a2 freq b se p n",
        .columns = "variant=snp effect_allele=a1 other_allele=a2 eaf=freq beta=b se=se pval=p "
                   "n=n",
        .source = "https://yanglab.westlake.edu.cn/software/gcta/#COJO",
        .effect = N_("A1 is the effect allele, freq its frequency"),
        .scale = N_("log odds of a binary trait, the trait's unit otherwise"),
    },
    {
        .key = "metal",
        .name = "METAL",
        .signature = "markername allele1 allele2 direction effect|zscore",
        .columns = "variant=rsid|markername chromosome=chromosome|chr position=position|bp "
                   "effect_allele=allele1 other_allele=allele2 eaf=freq1 beta=effect se=stderr "
                   "z=zscore pval=pvalue neglog10_pval=log(p)|logp "
                   "n=totalsamplesize|totaln|n|weight",
        .source = "https://genome.sph.umich.edu/wiki/METAL_Documentation",
        .effect =
            N_("Allele1, in lower case, is the effect allele, Freq1 its frequency; Weight is "
               "N unless METAL was told otherwise; log(P) is log10 P"),
        .scale = N_("that of the studies; SD where it comes from Zscore"),
    },
    {
        .key = "mtag",
        .name = "MTAG",
        .signature = "snp a1 a2 mtagbeta mtagse",
        .columns = "variant=snp chromosome=chr position=bp effect_allele=a1 other_allele=a2 "
                   "eaf=frq|metafreq beta=mtagbeta se=mtagse z=mtagz pval=mtagpval n=n",
        .source = "https://github.com/JonJala/mtag",
        .effect =
            N_("A1 is the effect allele; mtag_beta is taken, not Z, which is of the GWAS that "
               "went in"),
        .scale = N_("SD, a copy of the allele, unless MTAG was run with --std_betas"),
        .unit = UNIT_SD,
    },
    {
        .key = "ldsc",
        .name = "LDSC .sumstats",
        .signature = "snp a1 a2 n z",
        .columns = "variant=snp effect_allele=a1 other_allele=a2 eaf=frq n=n z=z",
        .source = "https://github.com/bulik/ldsc/wiki/Summary-Statistics-File-Format",
        .effect =
            N_("A1 is the effect allele; an effect needs EAF, which munge_sumstats.py writes "
               "as FRQ with --keep-maf"),
        .scale = N_("SD, from Z, N and EAF; of a binary trait the SD of its 0/1 indicator"),
        .unit = UNIT_SD,
        .has_gaps = true,
        .advice = N_(
            "of Z alone no effect is known; munge_sumstats.py --keep-maf writes the frequency "
            "as FRQ"),
    },
    {.key = NULL},
};
