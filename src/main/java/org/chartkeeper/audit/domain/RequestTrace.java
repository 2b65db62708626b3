package org.chartkeeper.audit.domain;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Where a deed came from. The session is named by a hash, because whoever reads the trail must not be able to take it
 * over.
 */
record RequestTrace(@Nullable String session, @Nullable String address) {

    private static final int LONGEST_ADDRESS = 45;
    private static final RequestTrace NONE = new RequestTrace(null, null);

    /** That of the request of this thread; empty for jobs and the command line. */
    static RequestTrace current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return NONE;
        }
        HttpServletRequest request = attributes.getRequest();
        HttpSession session = request.getSession(false);
        return new RequestTrace(session == null ? null : hash(session.getId()), address(request.getRemoteAddr()));
    }

    private static String hash(String session) {
        return HexFormat.of().formatHex(EventForm.sha256(session.getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable String address(@Nullable String address) {
        return address == null || address.length() <= LONGEST_ADDRESS ? address : address.substring(0, LONGEST_ADDRESS);
    }
}
