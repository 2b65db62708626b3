package org.chartkeeper.platform;

/** Everything that can be allowed to a role. The key is what the database stores and a role page shows. */
public enum Permission {
    /** To be signed in is enough: own account, home page, help. */
    SIGNED_IN("signed-in", "Sign in"),
    PATIENT_SEARCH("patient.search", "Search patients"),
    PATIENT_READ("patient.read", "Open registration data"),
    PATIENT_REGISTER("patient.register", "Register patients"),
    PATIENT_EDIT("patient.edit", "Edit registration data"),
    PATIENT_MERGE("patient.merge", "Merge two charts of one person"),
    CHART_READ("chart.read", "Open charts"),
    CHART_READ_ALL("chart.read-all", "Open charts without a care relation"),
    EMERGENCY_ACCESS("chart.emergency", "Open a chart by giving a reason"),
    PSYCHOTHERAPY_READ("chart.psychotherapy", "Read psychotherapy and SUD counseling notes of others"),
    PART2_READ("chart.part2", "Read records of Part 2 programs"),
    VISIT_UPDATE("visit.update", "Enter visit updates"),
    VISIT_REASSIGN("visit.reassign", "Give visit updates to others"),
    DOCUMENT_INDEX("document.index", "Take in and index scans, faxes and files"),
    CHART_SIGN("chart.sign", "Sign clinical content"),
    MOVE_CONFIRM("chart.move-confirm", "Confirm that signed entries move to another chart"),
    BULK_CORRECT("chart.bulk-correct", "Correct many entries by one rule, and undo it"),
    AUDIT_READ("audit.read", "Search the audit trail"),
    USER_MANAGE("user.manage", "Manage users"),
    ROLE_MANAGE("role.manage", "Manage roles"),
    FACILITY_MANAGE("facility.manage", "Manage facilities and departments"),
    IMPORT_RUN("import.run", "Import records"),
    CODE_SEARCH("code.search", "Look up codes"),
    CODE_SETS("code.sets", "Load releases of code sets"),
    CODING_WORK("coding.work", "Work coding cases"),
    CODING_REVIEW("coding.review", "Code cases a second time"),
    CODING_SUPERVISE("coding.supervise", "Assign coding cases, finalize over hard stops, see everybody's figures"),
    RELEASE_WORK("release.work", "Work release requests"),
    SYSTEM_STATUS("system.status", "See the state of the system");

    private final String key;
    private final String label;

    Permission(String key, String label) {
        this.key = key;
        this.label = label;
    }

    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    /** @throws IllegalArgumentException where no permission has this key */
    public static Permission ofKey(String key) {
        for (Permission permission : values()) {
            if (permission.key.equals(key)) {
                return permission;
            }
        }
        throw new IllegalArgumentException("no permission " + key);
    }
}
