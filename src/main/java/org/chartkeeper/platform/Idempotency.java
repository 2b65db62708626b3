package org.chartkeeper.platform;

import java.util.function.Supplier;

/**
 * Makes a repeated submit give the first answer again. The key is a hidden field of the form; the answer is kept in the
 * transaction of the change itself.
 */
public interface Idempotency {

    /**
     * Does the work once per actor and key, inside the caller's transaction; a second call answers what the first did.
     *
     * @param key the form's key
     * @param work answers a short text such as the path to redirect to
     */
    String once(String key, Supplier<String> work);
}
