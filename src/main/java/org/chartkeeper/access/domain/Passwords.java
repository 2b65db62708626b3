package org.chartkeeper.access.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.chartkeeper.platform.Problem;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Rules for new passwords by NIST SP 800-63B-4, section 3.1.1.2: at least 15 characters where nothing else is asked for,
 * no rules of composition, no expiry, nothing that is guessed first.
 */
@Component
class Passwords {

    static final int SHORTEST = 15;
    static final int LONGEST = 256;
    private static final Set<String> GUESSED = Set.of(
            "passwordpassword",
            "password12345678",
            "qwertyuiopasdfgh",
            "correcthorsebatterystaple",
            "letmeinletmeinletmein",
            "iloveyouiloveyou",
            "administrator123");

    private final PasswordEncoder encoder;
    private final String nobodys;

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodys = hash(java.util.UUID.randomUUID().toString());
    }

    String hash(String password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("a password without a hash");
        }
        return hash;
    }

    /** Takes as long for an account without a password as for one with it. */
    boolean matches(String password, @org.jspecify.annotations.Nullable String hash) {
        boolean usable = hash != null && password.length() <= LONGEST;
        boolean matches = encoder.matches(
                password.length() <= LONGEST ? password : password.substring(0, LONGEST),
                hash != null ? hash : nobodys);
        return usable && matches;
    }

    /** What is wrong with a wish; empty where nothing is. */
    List<Problem> problems(String password, String again, String login, String name) {
        List<Problem> problems = new ArrayList<>();
        String plain = password.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            problems.add(Problem.error(
                    "password", "Choose at least " + SHORTEST + " characters; a sentence of a few words is good"));
        } else if (password.length() > LONGEST) {
            problems.add(Problem.error("password", "Choose at most " + LONGEST + " characters"));
        } else if (GUESSED.contains(plain)
                || plain.chars().distinct().count() < 5
                || !login.isBlank()
                        && plain.replace(login.toLowerCase(Locale.ROOT), "").length() < 8
                || !name.isBlank()
                        && plain.replace(name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", ""), "")
                                        .length()
                                < 8
                || plain.replace("chartkeeper", "").length() < 8) {
            problems.add(Problem.error("password", "This password would be guessed early; choose another"));
        }
        if (problems.isEmpty() && !password.equals(again)) {
            problems.add(Problem.error("again", "The two passwords differ; type the new one twice"));
        }
        return problems;
    }
}
