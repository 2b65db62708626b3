package org.chartkeeper.access.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.access.Onboarding;
import org.chartkeeper.access.Places;
import org.chartkeeper.access.Places.FacilityChange;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.Users.Change;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.UserId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class StoredOnboarding implements Onboarding {

    private static final String ADMINISTRATOR = "administrator";

    private final Tokens tokens;
    private final Accounts accounts;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Places places;
    private final Provisioning provisioning;
    private final SessionActor actors;

    StoredOnboarding(
            Tokens tokens,
            Accounts accounts,
            Passwords passwords,
            Throttle throttle,
            Places places,
            Provisioning provisioning,
            SessionActor actors) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.places = places;
        this.provisioning = provisioning;
        this.actors = actors;
    }

    @Override
    @Transactional
    public Optional<String> setupToken() {
        return provisioning.anyAccount()
                ? Optional.empty()
                : Optional.of(tokens.make("setup", null, Actor.SYSTEM_USER));
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Link> find(String token) {
        return tokens.find(token).map(found -> new Link(found.kind(), found.login(), found.name()));
    }

    @Override
    @Transactional
    public void setUp(String token, FirstSteps steps) {
        require(token, "setup");
        if (provisioning.anyAccount()) {
            throw new NotFound("set-up was done before");
        }
        FacilityId facility = actors.asSystem(() -> first(steps));
        if (!tokens.spend(token)) {
            throw new NotFound("set-up link was used");
        }
        Change change = new Change(steps.login(), steps.name(), null, Map.of(facility, Set.of(ADMINISTRATOR)), null);
        UserId user = accounts.insert(change, "active", passwords.hash(steps.password()));
        accounts.version("user.setup", user, user);
    }

    /** All that is wrong is told at once, that with the facility and that with the person. */
    private FacilityId first(FirstSteps steps) {
        List<Problem> problems =
                new ArrayList<>(accounts.problems(null, new Change(steps.login(), steps.name(), null, Map.of(), null)));
        problems.addAll(passwords.problems(steps.password(), steps.again(), steps.login(), steps.name()));
        FacilityId facility = null;
        try {
            facility = places.create(
                    new FacilityChange(steps.facilityCode(), steps.facilityName(), steps.zone(), false, null, true));
        } catch (Rejected rejected) {
            rejected.problems().forEach(problem -> problems.add(0, Problem.error(field(problem), problem.message())));
        }
        if (facility == null || !problems.isEmpty()) {
            throw new Rejected(problems);
        }
        return facility;
    }

    private static String field(Problem problem) {
        return switch (String.valueOf(problem.field())) {
            case "code" -> "facilityCode";
            case "name" -> "facilityName";
            default -> "zone";
        };
    }

    @Override
    @Transactional
    public void choosePassword(String token, String password, String again) {
        Tokens.Token link = tokens.find(token)
                .filter(found -> found.user() != null)
                .orElseThrow(() -> new NotFound("link is good for nothing"));
        UserId user = java.util.Objects.requireNonNull(link.user());
        String login = String.valueOf(link.login());
        List<Problem> problems = passwords.problems(password, again, login, String.valueOf(link.name()));
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        if (!tokens.spend(token)) {
            throw new NotFound("link was used");
        }
        accounts.password(user, passwords.hash(password), false);
        throttle.forget(login);
        accounts.version("user.password", user, user);
    }

    private void require(String token, String kind) {
        if (tokens.find(token).filter(found -> found.kind().equals(kind)).isEmpty()) {
            throw new NotFound("link is good for nothing");
        }
    }
}
