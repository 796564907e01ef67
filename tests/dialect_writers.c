#include "dialect_writers.h"
#include "numeric/tail.h"
#include <check.h>
#include <math.h>
#include <string.h>

const struct writer writers[] = {
    {"twosamplemr", "SNP chr pos effect_allele other_allele eaf beta se pval samplesize",
     "{id} {chr} {pos} {ea} {oa} {eaf} {b} {se} {p} {n}", 0},
    {"mibiogen", "bac chr bp rsID ref.allele eff.allele beta SE P.weightedSumZ N",
     "t {chr} {pos} {id} {oa} {ea} {b} {se} {p} {n}", LACKS_EAF},
    {"dutch-microbiome",
     "trait kind study SNP chr pos effect_allele other_allele eaf beta se pval n gene",
     "k__B taxon G {id} {chr} {pos} {ea} {oa} {eaf} {b} {se} {p} {n} x", 0},
    {"gwas-ssf",
     "chromosome base_pair_location effect_allele other_allele beta standard_error "
     "effect_allele_frequency p_value rsid n",
     "{num} {pos} {ea} {oa} {b} {se} {eaf} {p} {id} {n}", 0},
    {"gwas-ssf",
     "chromosome base_pair_location effect_allele other_allele odds_ratio standard_error "
     "effect_allele_frequency neg_log_10_p_value ci_lower ci_upper rsid n",
     "{num} {pos} {ea} {oa} {or} {se} {eaf} {mlp} {lo} {hi} {id} {n}", 0},
    {"gwas-ssf-harmonised",
     "chromosome base_pair_location effect_allele other_allele beta standard_error "
     "effect_allele_frequency p_value rsid hm_code n",
     "{num} {pos} {ea} {oa} {b} {se} {eaf} {p} {id} 10 {n}", 0},
    {"gwas-catalog-harmonised",
     "hm_rsid hm_chrom hm_pos hm_other_allele hm_effect_allele hm_beta hm_odds_ratio "
     "hm_ci_lower hm_ci_upper hm_effect_allele_frequency standard_error p_value n beta",
     "{id} {chr} {pos} {oa} {ea} NA {or} {lo} {hi} {eaf} NA {p} {n} 9", 0},
    {"gwas-catalog",
     "variant_id p_value chromosome base_pair_location effect_allele other_allele "
     "effect_allele_frequency beta standard_error n",
     "{id} {p} {num} {pos} {ea} {oa} {eaf} {b} {se} {n}", 0},
    {"ldsc", "SNP A1 A2 N Z FRQ", "{id} {ea} {oa} {n} {z} {eaf}", LACKS_PLACE},
    {"plink1-assoc", "CHR SNP BP A1 F_A F_U A2 CHISQ P OR SE L95 U95",
     "{num} {id} {pos} {ea} {eaf} {eaf} {oa} 1 {p} {or} {se} {lo} {hi}", LACKS_EAF | LACKS_N},
    {"plink1", "CHR SNP BP A1 TEST NMISS OR STAT P",
     "{num} {id} {pos} {ea} ADD {n} {or} {z} {p}", LACKS_EAF | LACKS_OTHER},
    {"plink1", "CHR SNP BP A1 TEST NMISS BETA SE L95 U95 STAT P",
     "{num} {id} {pos} {ea} ADD {n} {b} {se} 0 1 {z} {p}", LACKS_EAF | LACKS_OTHER},
    {"plink2", "#CHROM POS ID REF ALT A1 A1_FREQ TEST OBS_CT OR LOG(OR)_SE Z_STAT P ERRCODE",
     "{chr} {pos} {id} {ea} {oa} {ea} {eaf} ADD {n} {or} {se} {z} {p} .", 0},
    {"plink2", "#CHROM POS ID REF ALT A1 OMITTED A1_FREQ TEST OBS_CT BETA SE T_STAT LOG10_P",
     "{chr} {pos} {id} {oa} {ea} {ea} {oa} {eaf} ADD {n} {b} {se} {z} {mlp}", 0},
    {"bolt-lmm",
     "SNP CHR BP GENPOS ALLELE1 ALLELE0 A1FREQ F_MISS BETA SE P_BOLT_LMM_INF P_BOLT_LMM",
     "{id} {num} {pos} 0.1 {ea} {oa} {eaf} 0 {b} {se} 0.5 {p}", LACKS_N},
    {"bolt-lmm", "SNP CHR BP GENPOS ALLELE1 ALLELE0 A1FREQ F_MISS BETA SE P_BOLT_LMM_INF",
     "{id} {num} {pos} 0.1 {ea} {oa} {eaf} 0 {b} {se} {p}", LACKS_N},
    {"bolt-lmm", "SNP CHR BP GENPOS ALLELE1 ALLELE0 A1FREQ INFO CHISQ_LINREG P_LINREG BETA SE",
     "{id} {num} {pos} 0.1 {ea} {oa} {eaf} 1 9 {p} {b} {se}", LACKS_N},
    {"gemma",
     "chr rs ps n_miss allele1 allele0 af beta se logl_H1 l_remle l_mle p_wald p_lrt p_score",
     "{num} {id} {pos} 0 {ea} {oa} {eaf} {b} {se} -1 1 1 {p} 0.5 0.5", LACKS_N},
    {"gemma", "chr rs ps n_mis n_obs allele1 allele0 af beta se p_lrt",
     "{num} {id} {pos} 0 {n} {ea} {oa} {eaf} {b} {se} {p}", 0},
    {"snptest",
     "# Analysis: \"SNPTEST analysis\"\n#  started: 2017-06-22 13:39:36\n# \n"
     "alternate_ids rsid chromosome position alleleA alleleB index all_AA all_AB all_BB "
     "all_NULL "
     "all_total all_maf frequentist_add_pvalue frequentist_add_beta_1 frequentist_add_se_1 "
     "comment",
     ". {id} 0{chr} {pos} {oa} {ea} 1 {g0} {g1} {g2} 0 {n} 0.5 {p} {b} {se} NA", 0},
    {"snptest",
     "id rsid chromosome pos allele_A allele_B all_AA all_AB all_BB cases_total "
     "controls_total frequentist_add_wald_pvalue_1 frequentist_add_beta_1:add/t2d=1 "
     "frequentist_add_se_1 comment",
     "x {id} {num} {pos} {oa} {ea} {g0} {g1} {g2} {n} 0 {p} {b} {se} NA", 0},
    {"cardiogram",
     "markername chr bp_hg19 effect_allele noneffect_allele effect_allele_freq median_info "
     "model beta se_dgc p_dgc het_pvalue n_studies",
     "{id} {num} {pos} {ea} {oa} {eaf} 0.9 FE {b} {se} {p} 0.3 48", LACKS_N},
    {"cardiogram",
     "Markername snptestid chr bp_hg19 effect_allele noneffect_allele effect_allele_freq logOR "
     "se_gc p-value_gc n_samples exome info_ukbb",
     "{chr}:{pos}_G_A {id} {num} {pos} {ea} {oa} {eaf} {b} {se} {p} {n} no 0.9", 0},
    {"cardiogram-2011",
     "SNP chr_pos_(b36) reference_allele other_allele ref_allele_frequency pvalue het_pvalue "
     "log_odds log_odds_se N_case N_control model",
     "{id} chr{chr}:9 {ea} {oa} {eaf} {p} 0.5 {b} {se} {n} 0 FE", LACKS_PLACE},
    {NULL,
     "rsid chr bp_hg19 effect_allele noneffect_allele effect_allele_freq beta se_dgc p_dgc",
     "{id} {num} {pos} {ea} {oa} {eaf} {b} {se} {p}", LACKS_N},
    {"ldsc", "SNP N Z A1 A2 FRQ", "{id} {n} {z} {ea} {oa} {eaf}", LACKS_PLACE},
    {"a1-a2", "SNP CHR POS A1 A2 REF EAF Beta se P N INFO",
     "{id} {chr} {pos} {ea} {oa} {oa} {eaf} {b} {se} {p} {n} 1", 0},
    {"saige", "CHR POS MarkerID Allele1 Allele2 AF_Allele2 BETA SE p.value p.value.NA N",
     "chr{chr} {pos} {id} {oa} {ea} {eaf} {b} {se} {p} 0.5 {n}", 0},
    {"regenie", "CHROM GENPOS ID ALLELE0 ALLELE1 A1FREQ N TEST BETA SE CHISQ LOG10P EXTRA",
     "{num} {pos} {id} {oa} {ea} {eaf} {n} ADD {b} {se} 1 {mlp} NA", 0},
    {"fastgwa", "CHR SNP POS A1 A2 N AF1 BETA SE P",
     "{num} {id} {pos} {ea} {oa} {n} {eaf} {b} {se} {p}", 0},
    {"cojo", "SNP A1 A2 freq b se p N", "{id} {ea} {oa} {eaf} {b} {se} {p} {n}", LACKS_PLACE},
    {"metal", "MarkerName Allele1 Allele2 Freq1 Effect StdErr P-value Direction",
     "{id} {eal} {oal} {eaf} {b} {se} {p} ++", LACKS_PLACE | LACKS_N},
    {"metal", "MarkerName Allele1 Allele2 Freq1 Weight Zscore P-value Direction",
     "{id} {eal} {oal} {eaf} {n} {z} {p} ++", LACKS_PLACE},
    {"metal", "MarkerName Allele1 Allele2 Freq1 Effect StdErr log(P) Direction N",
     "{id} {eal} {oal} {eaf} {b} {se} -{mlp} ++ {n}", LACKS_PLACE},
    {"finngen", "#chrom pos ref alt rsids pval mlogp beta sebeta af_alt",
     "{num} {pos} {oa} {ea} {id},rs9 {p} {mlp} {b} {se} {eaf}", LACKS_N},
    {"neale", "variant minor_allele minor_AF n_complete_samples beta se tstat pval",
     "{chr}:{pos}:{oa}:{ea} {ma} {maf} {n} {b} {se} {z} {p}", LACKS_IDS},
    {"neale", "variant rsid nCompleteSamples AC ytx beta se tstat pval",
     "{chr}:{pos}:{oa}:{ea} {id} {n} 1 1 {b} {se} {z} {p}", LACKS_IDS | LACKS_EAF},
    {"neale-variants",
     "variant minor_allele minor_AF n_complete_samples beta se tstat pval chr pos ref alt rsid",
     "{chr}:{pos}:{oa}:{ea} {ma} {maf} {n} {b} {se} {z} {p} {chr} {pos} {oa} {ea} {id}", 0},
    {"mtag", "SNP CHR BP A1 A2 Z N FRQ mtag_beta mtag_se mtag_z mtag_pval",
     "{id} {chr} {pos} {ea} {oa} 1 {n} {eaf} {b} {se} {z} {p}", 0},
    {"pan-ukb", "chr pos ref alt af_EUR beta_EUR se_EUR neglog10_pval_EUR beta_AFR se_AFR",
     "{chr} {pos} {oa} {ea} {eaf} {b} {se} {mlp} 1 1", LACKS_IDS | LACKS_N},
    {"pan-ukb", "chr pos ref alt af_EUR beta_EUR se_EUR pval_EUR",
     "{chr} {pos} {oa} {ea} {eaf} {b} {se} {lnp}", LACKS_IDS | LACKS_N},
    {"hgi",
     "#CHR POS REF ALT SNP all_meta_N all_inv_var_meta_beta all_inv_var_meta_sebeta "
     "all_inv_var_meta_p all_meta_sample_N all_meta_AF rsid",
     "{num} {pos} {oa} {ea} x 9 {b} {se} {p} {n} {eaf} {id}", 0},
    {"ref-alt", "#CHROM POS ID REF ALT A1 OBS_CT BETA SE T_STAT LOG10_P",
     "{chr} {pos} {id} {ea} {oa} {ea} {n} {b} {se} {z} {mlp}", LACKS_EAF},
    {"ref-alt", "SNP_ID chrom pos ref alt ea af num_samples beta sebeta pval",
     "{id} {chr} {pos} {ea} {oa} {ea} {eaf} {n} {b} {se} {p}", 0},
    {"ref-alt",
     "##fileformat=PGCsumstatsVCFv1.0\n##made of=two studies\n"
     "#CHROM POS ID REF ALT FREQ BETA SE PVAL NCAS NCON",
     "{num} {pos} {id} {oa} {ea} {eaf} {b} {se} {p} {n} 0", 0},
    {NULL, "Chrom Pos Name rsids effectAllele otherAllele Beta Pval minus_log10_pval SE N",
     "chr{chr} {pos} chr{chr}:{pos} {id} {ea} {oa} {b} 0 {mlp} {se} {n}", LACKS_EAF},
    {NULL, "CHR POS SNP Tested_Allele Other_Allele Freq_Tested_Allele_in_HRS BETA SE P N",
     "{num} {pos} {id} {ea} {oa} {eaf} {b} {se} {p} {n}", 0},
    {"a1-a2", "SNP CHR BP A1 A2 Freq OR SE P N",
     "{id} {chr} {pos} {ea} {oa} {eaf} {or} {se} {p} {n}", 0},
    {NULL, "rsid;chrom;position;effect_allele;other_allele;eaf;or;l95;u95;mlog10p;n",
     "{id};{chr};{pos};{ea};{oa};{eaf};{or};{lo};{hi};{mlp};{n}", 0},
};

const size_t writer_count = sizeof writers / sizeof *writers;

static void add_text(struct text *text, const struct truth *truth, const char *name)
{
    const char *allele = strchr(name, 'o') == NULL ? truth->effect : truth->other;

    if (strcmp(name, "id") == 0) {
        text_add(text, truth->variant);
    } else if (strcmp(name, "chr") == 0) {
        text_add(text, truth->chromosome);
    } else if (strcmp(name, "num") == 0) {
        text_add(text, strcmp(truth->chromosome, "X") == 0 ? "23" : truth->chromosome);
    } else if (strcmp(name, "ma") == 0) {
        text_add(text, truth->eaf < 0.5 ? truth->effect : truth->other);
    } else if (strcmp(name, "ea") == 0 || strcmp(name, "oa") == 0) {
        text_add(text, allele);
    } else if (strcmp(name, "eal") == 0 || strcmp(name, "oal") == 0) {
        for (; *allele != '\0'; allele++) {
            text_addf(text, "%c", *allele | 0x20);
        }
    } else {
        ck_abort_msg("no {%s}", name);
    }
}

static void add_value(struct text *text, const struct truth *truth, const char *name)
{
    double z = truth->beta / truth->se, half = 1.959963984540054 * truth->se;
    double minus = tail_normal_two_sided_neglog10(z);
    const struct {
        const char *name;
        double value;
    } values[] = {{"pos", truth->position},
                  {"eaf", truth->eaf},
                  {"g0", truth->n * (1 - truth->eaf) * (1 - truth->eaf)},
                  {"g1", truth->n * 2 * truth->eaf * (1 - truth->eaf)},
                  {"g2", truth->n * truth->eaf * truth->eaf},
                  {"maf", fmin(truth->eaf, 1 - truth->eaf)},
                  {"b", truth->beta},
                  {"se", truth->se},
                  {"or", exp(truth->beta)},
                  {"lo", exp(truth->beta - half)},
                  {"hi", exp(truth->beta + half)},
                  {"z", z},
                  {"p", tail_normal_two_sided(z)},
                  {"mlp", minus},
                  {"lnp", -minus * M_LN10},
                  {"n", truth->n}};

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (strcmp(values[i].name, name) == 0) {
            text_addf(text, "%.17g", values[i].value);
            return;
        }
    }
    add_text(text, truth, name);
}

void writer_add(struct text *text, const struct truth *truth, const char *row)
{
    for (const char *at = row; *at != '\0'; at++) {
        char name[8];
        size_t length = strcspn(at, "}");

        if (*at != '{') {
            text_addf(text, "%c", *at);
            continue;
        }
        ck_assert_uint_lt(length, sizeof name);
        memcpy(name, at + 1, length - 1);
        name[length - 1] = '\0';
        add_value(text, truth, name);
        at += length;
    }
    text_add(text, "\n");
}
