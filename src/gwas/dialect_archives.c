#include "base/i18n.h"
#include "gwas/dialects.h"

/* More special signatures come first. */
const struct dialect dialect_archives[] = {
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
        .key = "cardiogram",
        .name = "CARDIoGRAMplusC4D",
        .signature = "markername chr bphg19 effectallele noneffectallele sedgc|segc",
        .columns = "variant=snptestid|markername chromosome=chr position=bphg19 "
                   "effect_allele=effectallele other_allele=noneffectallele "
                   "eaf=effectallelefreq beta=beta|logor se=sedgc|segc pval=pdgc|pvaluegc "
                   "n=nsamples info=medianinfo|infoukbb",
        .source = "http://www.cardiogramplusc4d.org/data-downloads/",
        .effect = N_("effect_allele is the effect allele; SE and P are those after genomic "
                     "control"),
        .scale = N_("log odds"),
        .unit = UNIT_LOG_ODDS,
        .build = 37,
        .se = SE_OF_LOG,
    },
    {
        .key = "cardiogram-2011",
        .name = "CARDIoGRAM, on build 36",
        .signature = "snp chrpos(b36) referenceallele otherallele logodds logoddsse",
        .columns = "variant=snp effect_allele=referenceallele other_allele=otherallele "
                   "eaf=refallelefrequency beta=logodds se=logoddsse pval=pvalue "
                   "n_cases=ncase n_controls=ncontrol",
        .source = "http://www.cardiogramplusc4d.org/data-downloads/",
        .effect =
            N_("reference_allele is the effect allele; chr_pos_(b36) is a place on a build "
               "that no other file has, so variants join by id alone"),
        .scale = N_("log odds"),
        .unit = UNIT_LOG_ODDS,
        .se = SE_OF_LOG,
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
    {.key = NULL},
};
