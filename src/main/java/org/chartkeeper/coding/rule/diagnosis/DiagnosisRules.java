package org.chartkeeper.coding.rule.diagnosis;

import java.util.List;
import java.util.Set;
import org.chartkeeper.coding.rule.Rule;
import org.chartkeeper.terminology.CodeBook.CodeList;

/** The rules of diagnoses that look at one code at a time, at the ages and sexes of the editor's lists, and at the claim. */
public final class DiagnosisRules {

    private static final int ETERNITY = 124;

    /** In the order of the rule book. */
    public static final List<Rule> ALL = List.of(
            new CodeRules.Format(),
            new CodeRules.Valid(),
            new CodeRules.Seventh(),
            new CodeRules.ReleaseOfDischarge(),
            new CodeRules.Duplicate(),
            new EditorRules.ExternalCauseFirst(),
            new EditorRules.ManifestationFirst(),
            new ConventionRules.CodeFirst(),
            new EditorRules.Unacceptable(),
            new EditorRules.RequiresSecondary(),
            new EditorRules.Age("DX-11", CodeList.AGE_NEWBORN, 0, 0, "newborn (0)", dx -> dx.in("Z38", "A33")),
            new EditorRules.NewbornDays(),
            new EditorRules.Age(
                    "DX-13", CodeList.AGE_PEDIATRIC, 0, 17, "pediatric (0 to 17)", dx -> dx.in("Z00.12", "G93.7")),
            new EditorRules.Age(
                    "DX-14",
                    CodeList.AGE_MATERNITY,
                    9,
                    64,
                    "maternity (9 to 64)",
                    dx -> Set.of('O')
                            .contains(dx.code().isEmpty() ? ' ' : dx.code().charAt(0))),
            new EditorRules.Age(
                    "DX-15", CodeList.AGE_ADULT, 15, ETERNITY, "adult (15 to 124)", dx -> dx.in("N40", "Z00.0")),
            new EditorRules.SexAndOrgans(),
            new ConventionRules.Unspecified(),
            new ConventionRules.Bilateral(),
            new SupportRules.Side(),
            new ConventionRules.Excludes1(),
            new CombinationRules.HypertensiveHeart(),
            new CombinationRules.HypertensiveKidney(),
            new CombinationRules.HypertensiveHeartAndKidney(),
            new ConventionRules.UseAdditional(),
            new ConventionRules.WithoutComplications(),
            new SupportRules.DiabetesDrugs(),
            new CombinationRules.SepsisOrder(),
            new CombinationRules.OrganDysfunction(),
            new PregnancyRules.NormalDelivery(),
            new PregnancyRules.Weeks(),
            new PregnancyRules.Trimester(),
            new PregnancyRules.ChapterFirst(),
            new PregnancyRules.OtherRecord(),
            new PregnancyRules.Birth(),
            new EncounterRules.FirstListedOnly(),
            new EncounterRules.ActiveAndHistory(),
            new EncounterRules.TreatmentEncounter(),
            new ConventionRules.IntegralSymptom(),
            new SupportRules.Uncertain(),
            new InjuryRules.SequelaSecond(),
            new InjuryRules.Aftercare(),
            new InjuryRules.PlaceAndActivity(),
            new InjuryRules.DrugOrder(),
            new EncounterRules.BodyMass(),
            new CombinationRules.Dialysis(),
            new CombinationRules.Infarction(),
            new EncounterRules.AbsentOrgan(),
            new EditorRules.WrongSurgery(),
            new AdmissionRules.PresentOnAdmission(),
            new AdmissionRules.PresentByNature(),
            new AdmissionRules.HospitalAcquired(),
            new AdmissionRules.Undetermined(),
            new SupportRules.Unsupported(),
            new SupportRules.Treated(),
            new SupportRules.StatusAgainstChart(),
            new AdmissionRules.Cloned(),
            new CodeRules.Limits(),
            new SupportRules.Truncated(),
            new ConventionRules.AcuteFirst(),
            new AdmissionRules.Discharge(),
            new SupportRules.EvidenceByWhom(),
            new EditorRules.QuestionableAdmission(),
            new EditorRules.Demographics(),
            new EditorRules.Procedures());

    private DiagnosisRules() {}
}
