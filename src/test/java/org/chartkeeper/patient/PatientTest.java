package org.chartkeeper.patient;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.testing.ChartkeeperTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A facility of its own with a specialist, for each test of the patient module. */
@ChartkeeperTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PatientTest {

    @Autowired
    protected MockMvc mvc;

    @Autowired
    protected Registrations registrations;

    @Autowired
    protected Patients patients;

    @Autowired
    protected PatientSearch search;

    @Autowired
    protected CurrentActor actors;

    @Autowired
    protected JdbcClient database;

    @Autowired
    protected Provisioning provisioning;

    @Autowired
    protected PlatformTransactionManager transactions;

    protected FacilityId facility;
    protected String specialist;

    @BeforeAll
    void open() {
        facility = facility("Riverside");
        specialist = someone("records-specialist", facility);
    }

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
    }

    protected FacilityId facility(String name) {
        String code = "F" + tag().toUpperCase(Locale.ROOT);
        return actors.asSystem(
                FacilityId.next(),
                () -> transaction(() ->
                        provisioning.createFacility(code, name + " " + code, ZoneId.of("America/New_York"), false)));
    }

    protected String someone(String role, FacilityId... facilities) {
        String login = role + "." + tag();
        Map<FacilityId, Set<String>> roles = new HashMap<>();
        for (FacilityId one : facilities) {
            roles.put(one, Set.of(role));
        }
        actors.asSystem(
                facilities[0],
                () -> transaction(() ->
                        provisioning.createUser(login, "Dana Reyes", "correct horse battery staple", roles, null)));
        return login;
    }

    private static String tag() {
        return UUID.randomUUID().toString().replace("-", "").substring(20, 28);
    }

    protected <T> T transaction(Supplier<T> work) {
        return new TransactionTemplate(transactions).execute(status -> work.get());
    }

    /** Does the work as a signed-in user. */
    protected <T> T as(String login, Supplier<T> work) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(login, null, "USER"));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    protected PatientId register(PatientFixture patient) {
        return patient.registeredAt(facility, registrations, actors);
    }

    protected Registration registration(PatientId patient) {
        return actors.asSystem(facility, () -> registrations.get(patient));
    }

    protected MvcResult open(String path) throws Exception {
        return mvc.perform(get(path).with(user(specialist))).andReturn();
    }

    protected Document page(String path) throws Exception {
        return html(open(path));
    }

    protected static Document html(MvcResult result) throws Exception {
        return Jsoup.parse(result.getResponse().getContentAsString());
    }

    /** Sends a form as a browser would: all its controls with their values, some of them typed anew by label. */
    protected MvcResult send(Document page, Map<String, String> typed) throws Exception {
        Element form = page.selectFirst("main form[method=post]");
        if (form == null) {
            throw new AssertionError("no form on " + page.title());
        }
        MockHttpServletRequestBuilder request =
                post(form.attr("action")).with(user(specialist)).with(csrf());
        for (Element control : form.select("input[name], select[name], textarea[name]")) {
            String name = control.attr("name");
            String type = control.attr("type");
            if (name.equals("_csrf") || typed.containsKey(name)) {
                continue;
            }
            if ((type.equals("checkbox") || type.equals("radio")) && !control.hasAttr("checked")) {
                continue;
            }
            request.param(name, value(control));
        }
        typed.forEach((name, value) -> request.param(name, value));
        return mvc.perform(request).andReturn();
    }

    private static String value(Element control) {
        if (control.tagName().equals("select")) {
            Element chosen = control.selectFirst("option[selected]");
            return chosen == null ? "" : chosen.attr("value");
        }
        return control.tagName().equals("textarea") ? control.text() : control.attr("value");
    }

    /** The name of the control with this label. */
    protected static String labelled(Document page, String label) {
        Element found = page.select("main label").stream()
                .filter(one -> one.text().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no label " + label + " on " + page.title()));
        Element control = page.getElementById(found.attr("for"));
        if (control == null) {
            throw new AssertionError("label " + label + " points nowhere");
        }
        return control.attr("name");
    }

    protected static PatientId registered(MvcResult result) {
        String location = result.getResponse().getRedirectedUrl();
        if (location == null) {
            throw new AssertionError("not redirected: " + result.getResponse().getStatus());
        }
        return PatientId.of(location.replaceAll(".*/patients/([0-9a-f-]{36}).*", "$1"));
    }
}
