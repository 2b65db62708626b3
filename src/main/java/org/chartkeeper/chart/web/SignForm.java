package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;

/** What a clinician signs: the versions chosen, and the password once for all of them. */
class SignForm {

    private List<String> pick = new ArrayList<>();
    private String password = "";
    private String idempotencyKey = "";

    public List<String> getPick() {
        return pick;
    }

    public void setPick(List<String> pick) {
        this.pick = pick;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
