#include "base/i18n.h"
#include "gwas/dialects.h"

/* More special signatures come first. */
const struct dialect dialects[] = {
    {
        .key = "regenie",
        .name = "REGENIE",
        .signature = "genpos id allele0 allele1 log10p",
        .columns = "variant=id chromosome=chrom position=genpos effect_allele=allele1 "
                   "other_allele=allele0 eaf=a1freq beta=beta se=se neglog10_pval=log10p n=n "
                   "n_cases=ncases n_controls=ncontrols test=test",
        .source = "https://rgcgithub.github.io/regenie/options/",
        .effect = N_("ALLELE1 is the effect allele, though ALLELE0 stands first"),
        .scale = N_("log odds of a binary trait, the trait's unit otherwise"),
        .se = SE_OF_LOG,
    },
    {
        .key = "bolt-lmm",
        .name = "BOLT-LMM",
        .signature = "snp chr bp allele1 allele0 pboltlmm|pboltlmminf",
        .columns = "variant=snp chromosome=chr position=bp effect_allele=allele1 "
                   "other_allele=allele0 eaf=a1freq beta=beta se=se pval=pboltlmm|pboltlmminf",
        .source = "https://alkesgroup.broadinstitute.org/BOLT-LMM/BOLT-LMM_manual.html",
        .effect = N_("ALLELE1 is the effect allele; GENPOS is in morgans and no position; "
                     "P_BOLT_LMM stands before P_BOLT_LMM_INF"),
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
        .key = "hgi",
        .name = "COVID-19 Host Genetics Initiative",
        .signature = "chr pos ref alt allinvvarmetabeta",
        .columns = "variant=rsid|snp chromosome=chr position=pos effect_allele=alt "
                   "other_allele=ref eaf=allmetaaf beta=allinvvarmetabeta "
                   "se=allinvvarmetasebeta pval=allinvvarmetap "
                   "neglog10_pval=allinvvarmetamlogp n=allmetasamplen "
                   "n_cases=allinvvarmetacases n_controls=allinvvarmetacontrols",
        .source = "https://www.covid19hg.org/results/",
        .effect = N_("ALT is the effect allele; all_meta_N counts studies, not people"),
        .scale = N_("log odds"),
        .unit = UNIT_LOG_ODDS,
    },
    {
        .key = "finngen",
        .name = "FinnGen",
        .signature = "chrom pos ref alt sebeta rsids|nearestgenes",
        .columns = "variant=rsids chromosome=chrom position=pos effect_allele=alt "
                   "other_allele=ref eaf=afalt|af|maf beta=beta se=sebeta pval=pval "
                   "neglog10_pval=mlogp gene=nearestgenes",
        .source = "https://finngen.gitbook.io/documentation/data-description",
        .effect =
            N_("alt is the effect allele; maf of releases up to 5 is the frequency of alt; "
               "of several rsids the one that is asked for counts"),
        .scale = N_("log odds of a disease endpoint"),
        .unit = UNIT_LOG_ODDS,
    },
    {
        .key = "neale-variants",
        .name = "Neale lab UK Biobank, with variants.tsv",
        .signature = "variant ncompletesamples beta se ref alt",
        .columns = "variant=rsid|variant chromosome=chr position=pos effect_allele=alt "
                   "other_allele=ref minor_allele=minorallele minor_allele_frequency=minoraf "
                   "beta=beta se=se pval=pval n=ncompletesamples",
        .source = "https://broad-ukb-sumstats-us-east-1.s3.amazonaws.com/round2/"
                  "additive-tsvs/README",
        .effect = N_("variant is chr:pos:ref:alt and alt the effect allele, whichever is "
                     "minor_allele"),
        .scale =
            N_("a linear model throughout: of a 0/1 trait a difference in risk, of an irnt "
               "phenotype SD"),
        .build = 37,
    },
    {
        .key = "neale",
        .name = "Neale lab UK Biobank",
        .signature = "variant minorallele|ytx ncompletesamples beta se",
        .columns = "variant=variant chromosome=chr position=pos effect_allele=alt "
                   "other_allele=ref minor_allele=minorallele minor_allele_frequency=minoraf "
                   "beta=beta se=se pval=pval n=ncompletesamples",
        .source = "https://broad-ukb-sumstats-us-east-1.s3.amazonaws.com/round2/"
                  "additive-tsvs/README",
        .effect = N_("variant is chr:pos:ref:alt and alt the effect allele, whichever is "
                     "minor_allele"),
        .scale =
            N_("a linear model throughout: of a 0/1 trait a difference in risk, of an irnt "
               "phenotype SD"),
        .build = 37,
        .has_alleles_in_id = true,
    },
    {
        .key = "pan-ukb",
        .name = "Pan-UKB",
        .signature = "chr pos ref alt beta* se*",
        .columns = "chromosome=chr position=pos effect_allele=alt other_allele=ref "
                   "eaf=af*|afcontrols* beta=beta* se=se* ln_pval=pval* "
                   "neglog10_pval=neglog10pval*",
        .suffixes = "eur metahq meta csa afr eas mid amr",
        .source = "https://pan.ukbb.broadinstitute.org/docs/per-phenotype-files",
        .effect =
            N_("alt is the effect allele; pval_ holds ln P and neglog10_pval_ -log10 P; "
               "rows of low_confidence_ are kept; EAF of a binary trait is the controls'"),
        .scale = N_("log odds of a binary trait, the trait's unit otherwise"),
        .build = 37,
        .has_gaps = true,
    },
    {
        .key = "gwas-catalog-harmonised",
        .name = "GWAS Catalog, harmonised before GWAS-SSF",
        .signature = "hmrsid hmchrom hmpos hmotherallele hmeffectallele",
        .columns = "variant=hmrsid chromosome=hmchrom position=hmpos "
                   "effect_allele=hmeffectallele other_allele=hmotherallele "
                   "eaf=hmeffectallelefrequency beta=hmbeta odds_ratio=hmoddsratio "
                   "ci_lower=hmcilower ci_upper=hmciupper se=standarderror pval=pvalue "
                   "n=n|samplesize|totalsamplesize",
        .source = "https://www.ebi.ac.uk/gwas/docs/methods/summary-statistics",
        .effect =
            N_("the hm_ columns are taken, on the forward strand of GRCh38; the others are "
               "as submitted"),
        .scale = N_("log odds where there is an odds ratio, else as submitted"),
        .build = 38,
        .has_gaps = true,
    },
    {
        .key = "gwas-ssf-harmonised",
        .name = "GWAS-SSF, harmonised",
        .signature =
            "chromosome basepairlocation effectallele otherallele standarderror hmcode",
        .columns = "variant=rsid|variantid chromosome=chromosome position=basepairlocation "
                   "effect_allele=effectallele other_allele=otherallele "
                   "eaf=effectallelefrequency beta=beta odds_ratio=oddsratio|hazardratio "
                   "z=zscore se=standarderror ci_lower=cilower ci_upper=ciupper pval=pvalue "
                   "neglog10_pval=neglog10pvalue n=n|samplesize|totalsamplesize",
        .source = "https://github.com/EBISPOT/gwas-summary-statistics-standard",
        .effect = N_("effect_allele is the effect allele, whatever ref_allele says"),
        .scale = N_("log odds where there is an odds ratio, else as submitted"),
        .build = 38,
    },
    {
        .key = "gwas-ssf",
        .name = "GWAS-SSF",
        .signature = "^chromosome basepairlocation effectallele otherallele standarderror "
                     "effectallelefrequency pvalue|neglog10pvalue",
        .columns = "variant=rsid|variantid chromosome=chromosome position=basepairlocation "
                   "effect_allele=effectallele other_allele=otherallele "
                   "eaf=effectallelefrequency beta=beta odds_ratio=oddsratio|hazardratio "
                   "z=zscore se=standarderror ci_lower=cilower ci_upper=ciupper pval=pvalue "
                   "neglog10_pval=neglog10pvalue n=n|samplesize|totalsamplesize",
        .source = "https://github.com/EBISPOT/gwas-summary-statistics-standard",
        .effect =
            N_("effect_allele is the effect allele, whatever ref_allele says; the build is "
               "in the file's own -meta.yaml"),
        .scale = N_("log odds where there is an odds ratio, else as submitted"),
    },
    {
        .key = "gwas-catalog",
        .name = "GWAS Catalog, before GWAS-SSF",
        .signature = "pvalue chromosome basepairlocation effectallele",
        .columns = "variant=rsid|variantid chromosome=chromosome position=basepairlocation "
                   "effect_allele=effectallele other_allele=otherallele "
                   "eaf=effectallelefrequency beta=beta odds_ratio=oddsratio "
                   "se=standarderror ci_lower=cilower ci_upper=ciupper pval=pvalue "
                   "n=n|samplesize|totalsamplesize",
        .source = "https://www.ebi.ac.uk/gwas/docs/methods/summary-statistics",
        .effect = N_("effect_allele is the effect allele, as submitted"),
        .scale = N_("log odds where there is an odds ratio, else as submitted"),
        .has_gaps = true,
    },
    {
        .key = "gwas-catalog-associations",
        .name = "GWAS Catalog, table of associations",
        .signature = "strongestsnpriskallele ororbeta 95%ci(text)",
        .columns = "trait=disease/trait variant=snps chromosome=chrid position=chrpos "
                   "snp_allele=strongestsnpriskallele eaf=riskallelefrequency "
                   "odds_ratio=ororbeta ci_text=95%ci(text) pval=pvalue "
                   "neglog10_pval=pvaluemlog gene=mappedgene",
        .source = "https://www.ebi.ac.uk/gwas/docs/fileheaders",
        .effect =
            N_("the risk allele behind the dash is the effect allele; the other allele is "
               "not in the file; an interval with \"increase\" or \"decrease\" makes it a "
               "beta, one without an odds ratio"),
        .scale = N_("log odds where the interval names no unit, else the unit that it names"),
        .build = 38,
        .has_gaps = true,
    },
    {
        .key = "mibiogen",
        .name = "MiBioGen",
        .signature = "bac chr bp rsid refallele effallele beta se",
        .columns = "trait=bac variant=rsid chromosome=chr position=bp effect_allele=effallele "
                   "other_allele=refallele eaf=freqeff beta=beta se=se pval=pweightedsumz n=n",
        .source = "Kurilshikov et al. 2021, Nat Genet 53:156; https://mibiogen.gcc.rug.nl",
        .effect = N_("eff.allele is the effect allele; ref.allele is the other one"),
        .scale = N_("SD of the taxon's log abundance; log odds in files of presence"),
        .build = 37,
    },
    {
        .key = "dutch-microbiome",
        .name = "Dutch Microbiome Project",
        .signature = "trait kind study snp effectallele otherallele beta se",
        .columns =
            "trait=trait variant=snp chromosome=chr position=pos "
            "effect_allele=effectallele other_allele=otherallele eaf=eaf beta=beta se=se "
            "pval=pval n=n gene=gene",
        .source = "Lopera-Maya et al. 2022, Nat Genet 54:143",
        .effect =
            N_("effect_allele is the effect allele; trait is the whole lineage of a taxon, "
               "k__.p__.c__, or a pathway"),
        .scale = N_("SD of the trait after log transformation"),
        .unit = UNIT_SD,
        .build = 37,
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
    },
    {
        .key = "twosamplemr",
        .name = "TwoSampleMR",
        .signature = "snp effectallele|effectalleleexposure|effectalleleoutcome "
                     "otherallele|otheralleleexposure|otheralleleoutcome "
                     "beta|betaexposure|betaoutcome se|seexposure|seoutcome",
        .source = "https://mrcieu.github.io/TwoSampleMR/articles/exposure.html",
        .effect = N_("effect_allele is the effect allele"),
    },
    {
        .key = "a1-a2",
        .name = "A1 and A2",
        .signature = "a1 a2",
        .source = "no documentation",
        .effect = N_(
            "A1 is taken as the effect allele, as in PLINK, GCTA and LDSC, unless another "
            "column says so; if it is A2, pass --col effect_allele=A2 --col other_allele=A1"),
        .is_ambiguous = true,
    },
    {
        .key = "allele1-allele2",
        .name = "Allele1 and Allele2",
        .signature = "allele1 allele2",
        .source = "no documentation",
        .effect =
            N_("Allele1 is taken as the effect allele, as in METAL, unless another column says "
               "so; if it is Allele2, as in SAIGE, pass --col effect_allele=Allele2 --col "
               "other_allele=Allele1"),
        .is_ambiguous = true,
    },
    {
        .key = "ref-alt",
        .name = "REF and ALT",
        .signature = "ref alt",
        .source = "no documentation",
        .effect =
            N_("A1 or another column that says so holds the effect allele, else ALT does; of "
               "REF and ALT the other allele is the one that it is not; if it is REF, pass "
               "--col effect_allele=REF --col other_allele=ALT"),
        .is_ambiguous = true,
    },
};

const size_t dialect_count = sizeof dialects / sizeof *dialects;
