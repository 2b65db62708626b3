package org.chartkeeper.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.util.Map;
import org.chartkeeper.access.Directory;
import org.chartkeeper.access.SignIns;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How long the session still lasts, and where its person works. */
@Controller
class SessionController {

    private final CurrentActor actors;
    private final Sessions sessions;
    private final SignIns signIns;
    private final Directory directory;
    private final TransactionTemplate transaction;

    SessionController(
            CurrentActor actors,
            Sessions sessions,
            SignIns signIns,
            Directory directory,
            PlatformTransactionManager transactions) {
        this.actors = actors;
        this.sessions = sessions;
        this.signIns = signIns;
        this.directory = directory;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping("/session/remaining")
    @Requires(Permission.SIGNED_IN)
    ResponseEntity<Map<String, Long>> remaining(HttpServletRequest request) {
        return answer(request);
    }

    @PostMapping("/session/extend")
    @Requires(Permission.SIGNED_IN)
    ResponseEntity<Map<String, Long>> extend(HttpServletRequest request) {
        return answer(request);
    }

    private ResponseEntity<Map<String, Long>> answer(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        long seconds =
                session == null ? 0 : Math.max(0, sessions.remaining(session).toSeconds());
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("seconds", seconds));
    }

    /** Goes to the home page: what is open belongs to the facility that it was opened in. */
    @PostMapping("/session/facility")
    @Requires(Permission.SIGNED_IN)
    ResponseEntity<Void> workAt(@RequestParam String facility, HttpServletRequest request) {
        Actor actor = actors.get();
        FacilityId wanted = actor.facilities().stream()
                .filter(one -> one.toString().equals(facility))
                .filter(one -> directory.facility(one).isPresent())
                .findFirst()
                .orElseThrow(() -> new NotFound("facility of another"));
        transaction.executeWithoutResult(status -> signIns.workingAt(actor.user(), wanted));
        sessions.facility(request.getSession(), wanted);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(request.getContextPath() + "/"))
                .build();
    }
}
