package org.chartkeeper.coding.web;

import static org.chartkeeper.coding.web.BenchController.first;
import static org.chartkeeper.coding.web.BenchController.number;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.chartkeeper.access.Directory;
import org.chartkeeper.coding.CodingPolicies;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.FilterAddress;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Coding settings: how a facility codes. */
@Controller
class SettingsController {

    private static final String PATH = "/coding/settings";

    private final CodingPolicies policies;
    private final Directory directory;
    private final CurrentActor current;

    SettingsController(CodingPolicies policies, Directory directory, CurrentActor current) {
        this.policies = policies;
        this.directory = directory;
        this.current = current;
    }

    @GetMapping(PATH)
    @Requires(Permission.CODING_SUPERVISE)
    String show(@RequestParam(required = false) @Nullable String facility, Model model) {
        Actor actor = current.get();
        FacilityId of = facility(actor, facility);
        CodingPolicies.Policy policy = policies.of(actor, of);
        Map<String, String> form = new HashMap<>();
        form.put("facility-type", policy.facilityType());
        form.put("review-percent", Integer.toString(policy.reviewPercent()));
        form.put("review-rules", String.join(" ", policy.reviewRules()));
        form.put("query-days", Integer.toString(policy.queryDays()));
        form.put("query-record", policy.queryRecord());
        form.put("version", Integer.toString(policy.version()));
        fill(actor, of, form, List.of(), model);
        return "coding/settings";
    }

    private static FacilityId facility(Actor actor, @Nullable String asked) {
        UUID id = FilterAddress.id(asked);
        return Optional.ofNullable(id)
                .map(FacilityId::new)
                .filter(actor.facilities()::contains)
                .or(() -> asked == null ? Optional.ofNullable(actor.facility()) : Optional.empty())
                .orElseThrow(() -> new NotFound("facility " + asked));
    }

    private void fill(Actor actor, FacilityId facility, Map<String, String> form, List<Problem> problems, Model model) {
        model.addAttribute("facility", facility);
        model.addAttribute(
                "facilities",
                actor.facilities().stream()
                        .map(directory::facility)
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(Directory.Facility::name))
                        .toList());
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "wrong",
                problems.stream()
                        .filter(each -> each.field() != null)
                        .collect(Collectors.toMap(
                                problem -> String.valueOf(problem.field()),
                                Problem::message,
                                (one, two) -> one + " " + two)));
    }

    @PostMapping(PATH)
    @Requires(Permission.CODING_SUPERVISE)
    String keep(
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        Actor actor = current.get();
        FacilityId of = facility(actor, first(form, "facility"));
        try {
            policies.keep(
                    actor,
                    of,
                    number(form, "version"),
                    new CodingPolicies.Typed(
                            first(form, "facility-type"),
                            first(form, "review-percent"),
                            first(form, "review-rules"),
                            first(form, "query-days"),
                            first(form, "query-record")));
        } catch (Rejected rejected) {
            return again(actor, of, form, rejected.problems(), model, response);
        } catch (Stale stale) {
            return again(
                    actor,
                    of,
                    form,
                    List.of(Problem.error(
                            null,
                            "Somebody else changed these settings meanwhile. Open the page again and look first.")),
                    model,
                    response);
        }
        flash.addFlashAttribute("done", "Settings kept; they hold from now on");
        return "redirect:" + PATH + "?facility=" + of;
    }

    private String again(
            Actor actor,
            FacilityId facility,
            MultiValueMap<String, String> form,
            List<Problem> problems,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        fill(actor, facility, form.toSingleValueMap(), problems, model);
        return "coding/settings";
    }
}
