package org.chartkeeper.access.web;

import org.chartkeeper.access.Onboarding.FirstSteps;

/** The answers of the first set-up. */
class SetupForm {

    private String token = "";
    private String facilityCode = "";
    private String facilityName = "";
    private String zone = "America/New_York";
    private String name = "";
    private String login = "";
    private String password = "";
    private String again = "";

    FirstSteps steps() {
        return new FirstSteps(facilityCode, facilityName, zone, name, login, password, again);
    }

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }

    public String getFacilityCode() {
        return facilityCode;
    }

    public void setFacilityCode(String facilityCode) {
        this.facilityCode = facilityCode;
    }

    public String getFacilityName() {
        return facilityName;
    }

    public void setFacilityName(String facilityName) {
        this.facilityName = facilityName;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getLogin() {
        return login;
    }

    public void setLogin(String login) {
        this.login = login;
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
