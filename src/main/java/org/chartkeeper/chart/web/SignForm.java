package org.chartkeeper.chart.web;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.ResultDesk;

/**
 * What a clinician signs, with the password once for all of it: entries, and results with what follows from them. Results
 * that were final at their source are seen and need no signature.
 */
class SignForm {

    private List<String> pick = new ArrayList<>();
    private List<String> result = new ArrayList<>();
    private List<String> seen = new ArrayList<>();
    private ResultDesk.Followed followed = ResultDesk.Followed.SEEN;
    private String comment = "";
    private String password = "";
    private String idempotencyKey = "";

    public List<String> getPick() {
        return pick;
    }

    public void setPick(List<String> pick) {
        this.pick = pick;
    }

    public List<String> getResult() {
        return result;
    }

    public void setResult(List<String> result) {
        this.result = result;
    }

    public List<String> getSeen() {
        return seen;
    }

    public void setSeen(List<String> seen) {
        this.seen = seen;
    }

    public ResultDesk.Followed getFollowed() {
        return followed;
    }

    public void setFollowed(ResultDesk.Followed followed) {
        this.followed = followed;
    }

    public String getComment() {
        return comment;
    }

    public void setComment(String comment) {
        this.comment = comment;
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
