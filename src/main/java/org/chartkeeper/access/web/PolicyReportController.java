package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.chartkeeper.platform.Open;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes what browsers report against the content policy, in the older and the newer form. */
@Controller
class PolicyReportController {

    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_PART = 200;

    private final PolicyReports reports;
    private final JsonMapper json;

    PolicyReportController(PolicyReports reports, JsonMapper json) {
        this.reports = reports;
        this.json = json;
    }

    @PostMapping("/csp-report")
    @Open("browsers report without a session too; the answer says nothing")
    ResponseEntity<Void> report(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST);
        try {
            JsonNode sent = json.readTree(new String(body, StandardCharsets.UTF_8));
            if (sent.isArray()) {
                sent.forEach(one -> add(one.path("body"), "effectiveDirective", "blockedURL", "documentURL"));
            } else {
                add(sent.path("csp-report"), "effective-directive", "blocked-uri", "document-uri");
            }
        } catch (JacksonException unreadable) {
            reports.add("unreadable report");
        }
        return ResponseEntity.noContent().build();
    }

    private void add(JsonNode report, String directive, String blocked, String page) {
        reports.add(part(report, directive) + " blocked " + part(report, blocked) + " on " + part(report, page));
    }

    /** Without query and control characters; what stands in them is not ours to log. */
    private static String part(JsonNode report, String name) {
        String text = report.path(name).asString("");
        String plain = text.replaceAll("[?#].*", "").replaceAll("[\\p{Cntrl}\\s]", "");
        return plain.length() <= LONGEST_PART ? plain : plain.substring(0, LONGEST_PART);
    }
}
