package org.chartkeeper.access.web;

/** A new password, typed twice, and what shows that one may set it: the present one or the token of a link. */
class PasswordForm {

    private String token = "";
    private String present = "";
    private String password = "";
    private String again = "";

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }

    public String getPresent() {
        return present;
    }

    public void setPresent(String present) {
        this.present = present;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getAgain() {
        return again;
    }

    public void setAgain(String again) {
        this.again = again;
    }
}
