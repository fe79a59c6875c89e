package remote_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kb/index/remote"
)

// withFiles sets the environment of somebody whose credentials are in the files
// of the aws command, which is not installed.
func withFiles(t *testing.T, credentials, config string) {
	t.Helper()
	home := t.TempDir()
	for name, text := range map[string]string{"credentials": credentials, "config": config} {
		path := filepath.Join(home, ".aws", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", home) // which the SDK reads once, before main
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, ".aws", "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, ".aws", "credentials"))
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

// signedAs publishes, and returns the key and the region of the first request.
func signedAs(t *testing.T) (key, region string, err error) {
	t.Helper()
	h := s3Host(t)
	h.link.disturb(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
		if parts := strings.Split(scope, "/"); key == "" && len(parts) > 2 {
			key, region = parts[0], parts[2]
		}
		return false
	})
	_, err = at(t, h.address).Publish(t.Context(), edition(t, 1), remote.Options{Keep: remote.Kept})
	return key, region, err
}

const credentialsFile = `[default]
aws_access_key_id = AKIAOFTHEDEFAULT
aws_secret_access_key = ` + secretKey + `
[other]
aws_access_key_id = AKIAOFANOTHER
aws_secret_access_key = ` + secretKey + `
`

// TestCredentialsOfFiles holds that the files of the aws command are read as
// all programs of the AWS SDK read them, without that command.
func TestCredentialsOfFiles(t *testing.T) {
	config := "[profile other]\nregion = eu-west-3\n[profile process]\ncredential_process = echo '" +
		`{"Version": 1, "AccessKeyId": "AKIAOFAPROCESS", "SecretAccessKey": "x"}` + "'\n"
	withFiles(t, credentialsFile, config)
	for _, c := range []struct{ profile, key, region string }{
		{"", "AKIAOFTHEDEFAULT", "us-east-1"},
		{"other", "AKIAOFANOTHER", "eu-west-3"},
		{"process", "AKIAOFAPROCESS", "us-east-1"},
	} {
		t.Setenv("AWS_PROFILE", c.profile)
		if key, region, err := signedAs(t); key != c.key || region != c.region || err != nil {
			t.Errorf("profile %q: %s in %s, %v", c.profile, key, region, err)
		}
	}
	t.Setenv("AWS_PROFILE", "")
	t.Setenv("AWS_CONFIG_FILE", "")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "")
	if err := performs(t.Context(), t, "publish", s3Host(t).address, edition(t, 1)); err != nil {
		t.Errorf("from the home folder: %v", err)
	}
}

// TestNoCredentials holds that an error says why there are none, and quotes
// nothing of what was tried.
func TestNoCredentials(t *testing.T) {
	script := "echo " + secretKey + "; echo " + secretKey + " >&2"
	withFiles(t, credentialsFile, fmt.Sprintf("[profile talks]\ncredential_process = %s\n[profile fails]\ncredential_process = %[1]s; false\n", script))
	for profile, want := range map[string]string{
		"talks":   "no credentials: the credential_process of the profile gives none",
		"fails":   "no credentials: the credential_process of the profile gives none",
		"nowhere": `no credentials: there is no profile "nowhere"`,
	} {
		t.Setenv("AWS_PROFILE", profile)
		said := captured(t, func() {
			_, _, err := signedAs(t)
			if !errors.Is(err, remote.ErrDenied) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), secretKey) {
				t.Errorf("%s: %v", profile, err)
			}
		})
		if said != "" {
			t.Errorf("%s: on stderr: %s", profile, said)
		}
	}
	withFiles(t, "", "")
	t.Setenv("AWS_PROFILE", "")
	if _, _, err := signedAs(t); !errors.Is(err, remote.ErrDenied) || !strings.Contains(err.Error(), "no credentials are found") {
		t.Error(err)
	}
}

// TestRoleOfAProcess signs as a role that is taken with what a process gives,
// which may not write to the terminal.
func TestRoleOfAProcess(t *testing.T) {
	sts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "Credential=AKIAOFAPROCESS/") || r.FormValue("ExternalId") != "ours" {
			t.Errorf("asked with %q for %v", r.Header.Get("Authorization"), r.Form)
		}
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprint(w, `<AssumeRoleResponse><AssumeRoleResult><Credentials>
			<AccessKeyId>AKIAOFTHEROLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>y</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
			</Credentials></AssumeRoleResult></AssumeRoleResponse>`)
	}))
	defer sts.Close()
	t.Setenv("AWS_ENDPOINT_URL_STS", sts.URL)
	run := `credential_process = echo told >&2; echo '{"Version": 1, "AccessKeyId": "AKIAOFAPROCESS", "SecretAccessKey": "x"}'`
	role := "role_arn = arn:aws:iam::123456789012:role/faq\nexternal_id = ours\n"
	withFiles(t, "", "[profile process]\n"+run+"\n[profile apart]\nsource_profile = process\n"+role+"[profile both]\n"+run+"\n"+role)
	for _, profile := range []string{"apart", "both"} {
		t.Setenv("AWS_PROFILE", profile)
		said := captured(t, func() {
			if key, _, err := signedAs(t); key != "AKIAOFTHEROLE" || err != nil {
				t.Errorf("%s: %s, %v", profile, key, err)
			}
		})
		if said != "" {
			t.Errorf("%s: on stderr: %s", profile, said)
		}
	}
}

// TestCredentialsOfAWebIdentity signs with what a token of CI is exchanged for,
// and tells why it is not.
func TestCredentialsOfAWebIdentity(t *testing.T) {
	status, body := http.StatusOK, `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
		<AccessKeyId>AKIAOFTHEROLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>y</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
		</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`
	sts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}))
	defer sts.Close()
	withFiles(t, "", "")
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte(secretKey), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ENDPOINT_URL_STS", sts.URL)
	t.Setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/faq")
	t.Setenv("AWS_WEB_IDENTITY_TOKEN_FILE", token)
	if key, _, err := signedAs(t); key != "AKIAOFTHEROLE" || err != nil {
		t.Errorf("%s, %v", key, err)
	}
	status, body = http.StatusForbidden, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>"+secretKey+"</Message></Error></ErrorResponse>"
	_, _, err := signedAs(t)
	if !errors.Is(err, remote.ErrDenied) || !strings.Contains(err.Error(), "answers AccessDenied") || strings.Contains(err.Error(), secretKey) {
		t.Error(err)
	}
}

// captured returns what is written to the standard error while f runs.
func captured(t *testing.T, f func()) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "stderr")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	old := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = old }()
	f()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestCredentialsOfAContainer signs with what the endpoint of a container
// gives, where the environment has no key.
func TestCredentialsOfAContainer(t *testing.T) {
	given := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "of the container" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Write([]byte(`{"AccessKeyId": "AKIAOFTHECONTAINER", "SecretAccessKey": "x", "Token": "y", "Expiration": "2100-01-01T00:00:00Z"}`))
	}))
	defer given.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", given.URL)
	t.Setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of the container")
	h := s3Host(t)
	h.link.disturb(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if auth := r.Header.Get("Authorization"); !strings.Contains(auth, "Credential=AKIAOFTHECONTAINER/") || r.Header.Get("X-Amz-Security-Token") != "y" {
			t.Errorf("signed %q", auth)
		}
		return false
	})
	publish(t, at(t, h.address), edition(t, 1))

	t.Setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of another")
	if _, err := at(t, h.address).Publish(t.Context(), edition(t, 2), remote.Options{Keep: remote.Kept}); err == nil {
		t.Error("published without credentials")
	}
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", "")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	if _, err := at(t, h.address).Publish(t.Context(), edition(t, 2), remote.Options{Keep: remote.Kept}); !errors.Is(err, remote.ErrDenied) {
		t.Error(err)
	}
	h.link.disturb(func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.Header.Get("Authorization") != "" {
			t.Error("who asks as anybody signs")
		}
		return false
	})
	pull(t, at(t, h.address+"&anonymous=true"), t.TempDir())
}
