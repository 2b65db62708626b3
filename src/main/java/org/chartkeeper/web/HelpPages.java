package org.chartkeeper.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The pages of the help and which of them belongs to which page of the product. */
final class HelpPages {

    /** Name in the path and title, in the order of the contents page. */
    static final Map<String, String> TITLES = titles();

    private HelpPages() {}

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("home", "Home");
        titles.put("search", "Finding things");
        titles.put("patients", "Finding a patient");
        titles.put("registration", "Registering a patient");
        titles.put("chart", "The chart");
        titles.put("notes", "Notes");
        titles.put("corrections", "Changing what stands");
        titles.put("visit-updates", "The list of visit updates");
        titles.put("update", "Updating a visit");
        titles.put("inbox", "The clinician’s inbox");
        titles.put("documents", "Documents");
        titles.put("coding", "Coding");
        titles.put("queries", "Queries to clinicians");
        titles.put("codes", "Looking codes up");
        titles.put("code-sets", "Code sets");
        titles.put("import", "Importing records");
        titles.put("users", "Users");
        titles.put("roles", "Roles");
        titles.put("facilities", "Facilities and departments");
        titles.put("audit", "The audit trail");
        titles.put("status", "The state of the system");
        titles.put("account", "Your account and preferences");
        titles.put("keyboard", "Keyboard");
        titles.put("words", "Words");
        return Collections.unmodifiableMap(titles);
    }

    static Set<String> names() {
        return TITLES.keySet();
    }

    /** The help of a page by the path it has. */
    static String forPath(String path) {
        if (path.startsWith("/patients/")) {
            if (path.startsWith("/patients/new") || path.endsWith("/edit") || path.contains("/registration")) {
                return "registration";
            }
            if (path.startsWith("/patients/search")) {
                return "patients";
            }
            if (path.contains("/documents")) {
                return "documents";
            }
            if (path.contains("/change/")
                    || path.endsWith("/move")
                    || path.endsWith("/withdraw")
                    || path.endsWith("/late-entry")) {
                return "corrections";
            }
            if (path.contains("/notes")) {
                return "notes";
            }
            return path.endsWith("/update") || path.contains("/update/") ? "update" : "chart";
        }
        if (path.startsWith("/admin/")) {
            String part = path.split("/")[2];
            return TITLES.containsKey(part) ? part : "users";
        }
        Map<String, String> firsts = Map.ofEntries(
                Map.entry("/patients", "patients"),
                Map.entry("/visits", "visit-updates"),
                Map.entry("/inbox", "inbox"),
                Map.entry("/documents", "documents"),
                Map.entry("/coding", "coding"),
                Map.entry("/queries", "queries"),
                Map.entry("/codes", "codes"),
                Map.entry("/moves", "corrections"),
                Map.entry("/corrections", "corrections"),
                Map.entry("/audit", "audit"),
                Map.entry("/upkeep", "status"),
                Map.entry("/exchange", "import"),
                Map.entry("/account", "account"),
                Map.entry("/search", "search"));
        return firsts.entrySet().stream()
                .filter(first -> path.equals(first.getKey()) || path.startsWith(first.getKey() + "/"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("home");
    }
}
