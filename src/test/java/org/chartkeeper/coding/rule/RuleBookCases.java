package org.chartkeeper.coding.rule;

import java.util.List;

/**
 * Cases of the rule book's diagnosis rules, one a line: rule, whether it speaks, codes, and what else the case says. A code
 * may have a present-on-admission indicator after an equals sign; the first is the principal one.
 */
final class RuleBookCases {

    private RuleBookCases() {}

    static final List<String> ALL =
            """
            DX-01 fires | E11.65432
            DX-01 fires | 1E1.9
            DX-01 quiet | e1165
            DX-01 quiet | C4A.9
            DX-01 fires | J1.89
            DX-01 quiet | J189
            DX-01 fires | E11..9
            DX-01 fires | I10.
            DX-01 fires | \u017F52.501A
            DX-02 fires | M54.5 | admitted=2021-10-01
            DX-02 quiet | M54.5 | admitted=2021-09-30
            DX-02 fires | E11
            DX-02 quiet | E11.9
            DX-03 fires | S52.501
            DX-03 quiet | S52.501A
            DX-04 fires | M54.5 | class=inpatient; admitted=2021-09-28; discharged=2021-10-03
            DX-04 quiet | M54.50 | class=inpatient; admitted=2021-09-28; discharged=2021-10-03
            DX-05 fires | J18.9 J18.9
            DX-05 quiet | J18.9 J44.0
            DX-06 fires | W01.0XXA
            DX-06 quiet | S52.501A W01.0XXA
            DX-07 fires | I43
            DX-07 quiet | E85.4 I43
            DX-08 fires | I50.9 I43
            DX-08 quiet | E85.4 I43
            DX-08 fires | I10 G63
            DX-08 fires | E11.9 G63
            DX-08 quiet | C90.00 G63
            DX-09 fires | Z68.41
            DX-09 quiet | E11.9 Z79.4
            DX-10 fires | Z51.89 | class=inpatient
            DX-10 quiet | Z51.89 C34.90 | class=inpatient
            DX-11 fires | Z38.00 | age=30
            DX-11 quiet | P27.1 | age=5
            DX-12 fires | Z00.110 | days=12
            DX-12 quiet | Z00.111 | days=12
            DX-13 fires | Z00.129 | age=40
            DX-13 quiet | Z00.129 | age=17
            DX-14 fires | O80 | age=78
            DX-14 quiet | O80 Z37.0 | age=64
            DX-15 fires | N40.1 | age=5
            DX-15 quiet | N40.1 | age=60
            DX-16 fires | N40.1 | sex=female; age=60
            DX-16 quiet | N40.1 | sex=female; age=60; organ=prostate
            DX-16 fires | Z12.4 | sex=male; age=40
            DX-16 quiet | Z12.4 | sex=male; age=40; organ=cervix
            DX-16 fires | Z12.4 | sex=male; age=40; organ=prostate
            DX-17 fires | I82.409
            DX-17 quiet | I82.401
            DX-18 fires | H25.11 H25.12
            DX-18 quiet | H25.13
            DX-19 fires | S52.501A | note=Fell on ice. Left wrist x-ray shows a fracture.
            DX-19 quiet | S52.502A | note=Fell on ice. Left wrist x-ray shows a fracture.
            DX-19 fires | S52.501A | note=L wrist fracture.
            DX-19 quiet | S52.501A | note=R wrist fracture. Patient is left-handed.
            DX-19 fires | I82.401 | note=DVT of the left leg.
            DX-19 quiet | I82.401 | note=DVT of the right thigh. Left leg is normal.
            DX-19 fires | H25.11 | note=Cataract OS.
            DX-19 fires | M17.11 | operation=icd10pcs 0SRD0J9
            DX-19 quiet | M17.12 | operation=icd10pcs 0SRD0J9
            DX-19 quiet | M17.11 M25.562 | operation=icd10pcs 0SRD0J9
            DX-19 quiet | S52.501A | operation=icd10pcs 0SRD0J9
            DX-19 fires | M17.11 | operation=cpt 27447 LT
            DX-19 quiet | M17.11 | operation=cpt 27447 RT
            DX-20 fires | E10.9 E11.9
            DX-20 fires | R73.03 E11.9
            DX-20 fires | F17.210 Z87.891
            DX-20 fires | Z21 B20
            DX-20 fires | Z33.1 O26.891
            DX-20 quiet | E11.9 I10
            DX-21 fires | I10 I50.9
            DX-21 quiet | I11.0 I50.9
            DX-22 fires | I10 N18.30
            DX-22 fires | I12.9 N18.6
            DX-22 fires | I12.0 N18.30
            DX-22 quiet | I12.9 N18.4
            DX-23 fires | I11.0 I12.9 I50.9 N18.4
            DX-23 quiet | I13.0 I50.9 N18.4
            DX-24 fires | I11.0
            DX-24 fires | E11.22
            DX-24 quiet | I11.0 I50.9
            DX-24 quiet | E11.22 N18.30
            DX-25 fires | E11.9 E11.65
            DX-25 quiet | E11.65
            DX-26 fires | E11.9 | drugs=insulin glargine 100 UNT/ML Injectable Solution
            DX-26 fires | E11.9 | drugs=metformin 500 MG Oral Tablet
            DX-26 quiet | E11.9 Z79.4 | drugs=insulin glargine 100 UNT/ML Injectable Solution
            DX-26 quiet | E11.9 Z79.84 | drugs=metformin 500 MG Oral Tablet
            DX-27 fires | R65.21 A41.9
            DX-27 fires | J18.9 R65.20
            DX-27 quiet | A41.9 R65.21 J96.01
            DX-28 fires | A41.9 R65.20
            DX-28 quiet | A41.9 R65.20 N17.9
            DX-29 fires | O80 O26.891
            DX-29 fires | O80
            DX-29 quiet | O80 Z37.0 Z3A.39
            DX-30 fires | O26.891
            DX-30 fires | O03.9 Z3A.10
            DX-30 quiet | O26.891 Z3A.10
            DX-30 quiet | O03.9
            DX-31 fires | O26.891 Z3A.32
            DX-31 quiet | O26.893 Z3A.32
            DX-32 fires | E11.9 Z3A.20
            DX-32 quiet | O24.112 Z3A.20
            DX-33 fires | Z38.00 O80 | days=1
            DX-33 quiet | Z38.00 P59.9 | days=1
            DX-34 fires | P59.9 Z38.00 | days=1; class=inpatient
            DX-34 quiet | Z38.00 P59.9 | days=0; class=inpatient
            DX-35 fires | J18.9 Z00.00
            DX-35 quiet | Z00.00 J18.9
            DX-35 quiet | Z51.0 Z51.11 C50.911
            DX-36 fires | C50.911 Z85.3
            DX-36 quiet | Z85.3
            DX-37 fires | C50.911 Z51.11
            DX-37 fires | C50.911 | class=ambulatory; note=Scheduled chemotherapy infusion.
            DX-37 fires | C18.9 | class=ambulatory; note=Here for cycle 3 of FOLFOX.
            DX-37 quiet | C50.911 | class=ambulatory; note=Here to discuss staging, chemotherapy begins next week.
            DX-37 quiet | Z51.11 C50.911
            DX-38 fires | J18.9 R05.9
            DX-38 quiet | J18.9 R21
            DX-39 fires | J18.9 | class=ambulatory; note=Cough. Probable pneumonia.
            DX-39 quiet | R05.9 | class=ambulatory; note=Cough. Probable pneumonia.
            DX-39 quiet | J18.9 | class=inpatient; note=Cough. Probable pneumonia.
            DX-39 fires | J18.9 | class=ambulatory; note=Working diagnosis: pneumonia.
            DX-39 fires | J18.9 | class=ambulatory; note=Rule out: pneumonia.
            DX-39 fires | J18.9 | class=ambulatory; note=Pneumonia (working diagnosis).
            DX-39 quiet | J18.9 | class=ambulatory; note=Diagnosis: pneumonia.
            DX-39 fires | J18.9 | class=ambulatory; note=Pneumonia, probable.
            DX-39 fires | J18.9 | class=ambulatory; note=? pneumonia
            DX-39 fires | J18.9 | class=ambulatory; note=Pneumonia to be ruled out.
            DX-39 fires | J18.9 | class=ambulatory; note=Pneumonia appears likely.
            DX-39 fires | C50.911 | class=ambulatory; note=Mass, suspicious for carcinoma.
            DX-39 quiet | J18.9 | class=ambulatory; note=Pneumonia, likely viral.
            DX-40 fires | S52.501S
            DX-40 quiet | M24.531 S52.501S
            DX-41 fires | S72.001D Z47.89
            DX-41 quiet | S72.001D
            DX-42 fires | S52.501D Y92.009
            DX-42 fires | Y93.01
            DX-42 quiet | K91.71 Y92.234
            DX-42 quiet | S52.501A W01.0XXA Y92.009 Y99.8
            DX-43 fires | T38.3X6A
            DX-43 fires | T45.515A D68.32
            DX-43 quiet | D68.32 T45.515A
            DX-44 fires | Z68.41 | age=40
            DX-44 fires | E66.813 Z68.41 | age=12
            DX-44 quiet | E66.813 Z68.41 | age=40
            DX-45 fires | N18.6 | note=Hemodialysis three times a week.
            DX-45 quiet | N18.6 | note=Not yet on dialysis.
            DX-45 quiet | N18.6 | note=She refuses dialysis.
            DX-45 fires | N18.6 | note=ESRD, HD TTS.
            DX-45 quiet | N18.6 Z99.2 | note=Hemodialysis three times a week.
            DX-46 fires | I22.1
            DX-46 quiet | I25.2
            DX-46 fires | I21.4 | note=NSTEMI 40 days ago.
            DX-46 quiet | I21.4 | note=Chest pain 40 days ago, NSTEMI today.
            DX-47 fires | Z90.710 N85.00
            DX-47 quiet | Z90.710 N39.0
            DX-47 fires | L97.511 Z89.431
            DX-47 quiet | L97.511 Z89.421
            DX-47 quiet | N93.9 Z90.710
            DX-47 fires | C54.1 Z90.710
            DX-47 quiet | Z51.11 C54.1 Z90.710
            DX-48 fires | K35.80 Y65.51
            DX-48 quiet | K35.80
            DX-49 fires | I10 | class=inpatient; payer=medicare
            DX-49 fires | I10=X | class=inpatient
            DX-49 quiet | E11.9=Y | class=inpatient
            DX-49 quiet | E11.9=Y Z79.4 | class=inpatient
            DX-49 quiet | I10 | class=inpatient; facilityType=cah
            DX-50 fires | I10=N | class=inpatient
            DX-50 quiet | I10=Y | class=inpatient
            DX-51 fires | A41.9=Y L89.153=N | class=inpatient
            DX-51 quiet | A41.9=Y L89.153=Y | class=inpatient
            DX-52 fires | I10=U E11.9=U J18.9=Y | class=inpatient
            DX-52 quiet | I10=Y E11.9=Y | class=inpatient
            DX-53 fires | J18.9 E43 | note=Cough with fever. Chest film shows pneumonia. Plan: ceftriaxone.
            DX-53 quiet | J18.9 E43 | note=Pneumonia. Severe malnutrition, albumin 2.1, lost 12 pounds.
            DX-53 fires | J18.9 E43 | note=Pneumonia. No malnutrition.
            DX-53 fires | J18.9 I10 | note=Pneumonia was ruled out. Hypertension.
            DX-53 quiet | J18.9 E43 | note=Pneumonia. No evidence of malnutrition last year, now severe malnutrition.
            DX-53 quiet | G35 I73.9 | note=MS, stable. PAD with claudication.
            DX-53 quiet | J18.9 N17.9 | note=PNA and AKI.
            DX-53 quiet | N39.0 B96.20 | note=CAUTI due to E. coli.
            DX-53 quiet | I12.0 N18.6 E87.5 | note=ESRD, missed a session, K 6.8.
            DX-53 quiet | I48.0 G20.A1 | note=PAF on apixaban. PD, stable.
            DX-54 fires | I10 | drugs=metformin 500 MG Oral Tablet
            DX-54 quiet | I10 E11.9 | drugs=metformin 500 MG Oral Tablet
            DX-54 fires | I10 | drugs=levothyroxine 50 MCG Oral Tablet
            DX-54 quiet | I10 E03.9 | drugs=levothyroxine 50 MCG Oral Tablet
            DX-54 fires | I10 | drugs=warfarin sodium 5 MG Oral Tablet
            DX-54 quiet | I10 I48.91 | drugs=warfarin sodium 5 MG Oral Tablet
            DX-55 fires | J18.9 Z88.0
            DX-55 quiet | J18.9 Z88.0 | allergy=penicillin
            DX-55 fires | I10 Z79.01
            DX-55 quiet | I10 Z79.01 | drugs=apixaban 5 MG Oral Tablet
            DX-57 fires | A00.0 A00.1 A01.00 A02.0 A03.0 A04.0 A05.0 A06.0 A07.0 A08.0 A15.0 A16.0 A17.0 A18.01 A19.0 A20.0 A21.0 A22.0 A23.0 A24.0 A25.0 A26.0 A27.0 A28.0 A30.0 A31.0
            DX-57 quiet | A00.0 A00.1
            DX-58 fires | J45.909 | note=Moderate persistent asthma, well controlled.
            DX-58 fires | N18.9 | note=CKD stage 4, followed by nephrology.
            DX-58 quiet | N18.9 | note=CKD of unknown stage.
            DX-58 fires | J45.909 | note=moderate persistent
            DX-58 quiet | N18.9 | note=CKD. Pressure ulcer stage 4 of the sacrum.
            DX-58 quiet | J45.909 | note=Moderate pain in the chest wall with asthma that was worse at night and persistent cough.
            DX-58 quiet | D57.00 | note=Sickle cell crisis.
            DX-58 quiet | J45.40 | note=Moderate persistent asthma, well controlled.
            DX-59 fires | K86.1 K85.90
            DX-59 quiet | K85.90 K86.1
            DX-60 fires | I21.4 | class=inpatient; disposition=20
            DX-60 fires | I21.4 | class=inpatient; admitted=2026-03-05; discharged=2026-03-01
            DX-60 quiet | I21.4 | class=inpatient; disposition=01; admitted=2026-03-01; discharged=2026-03-05
            """.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
}
