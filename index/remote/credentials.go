package remote

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

// A chain finds credentials where all programs do that use the AWS SDK: the
// environment, a web identity, the files of the aws command, a container's
// endpoint, the machine's role. It looks when they are asked for.
type chain struct{ aws.CredentialsProvider }

// Retrieve returns credentials. Its error is a credentialsError.
func (c chain) Retrieve(ctx context.Context) (aws.Credentials, error) {
	found, err := c.CredentialsProvider.Retrieve(ctx)
	if err == nil {
		return found, nil
	}
	if ctx.Err() != nil {
		return found, credentialsError{ctx.Err()}
	}
	return found, credentialsError{uncredited(err)}
}

// A credentialsError says why there are no credentials.
type credentialsError struct{ error }

func (e credentialsError) Unwrap() error { return e.error }

// silent returns the provider that the SDK chose, but where a profile has a
// credential_process: the SDK lets that write to the terminal.
func silent(all aws.Config) aws.CredentialsProvider {
	chosen := func(p aws.CredentialsProvider) bool { return aws.IsCredentialsProvider(all.Credentials, p) }
	if !chosen((*processcreds.Provider)(nil)) && !chosen((*stscreds.AssumeRoleProvider)(nil)) {
		return all.Credentials
	}
	for _, s := range all.ConfigSources {
		if profile, ok := s.(config.SharedConfig); ok {
			return cmp.Or(profiled(all, &profile), all.Credentials)
		}
	}
	return all.Credentials
}

// profiled returns the provider of a profile whose credentials come from a
// process in the end, or nil.
func profiled(all aws.Config, s *config.SharedConfig) aws.CredentialsProvider {
	if s.Source != nil {
		all.Credentials = profiled(all, s.Source)
	} else {
		all.Credentials = process(s)
	}
	if all.Credentials == nil || s.RoleARN == "" {
		return all.Credentials
	}
	return stscreds.NewAssumeRoleProvider(sts.NewFromConfig(all), s.RoleARN, func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName, o.Duration = s.RoleSessionName, aws.ToDuration(s.RoleDurationSeconds)
		if s.ExternalID != "" {
			o.ExternalID = &s.ExternalID
		}
	})
}

func process(s *config.SharedConfig) aws.CredentialsProvider {
	if s.CredentialProcess == "" || s.Credentials.HasKeys() || s.CredentialSource != "" {
		return nil
	}
	return processcreds.NewProviderCommand(processcreds.NewCommandBuilderFunc(func(ctx context.Context) (*exec.Cmd, error) {
		return shell(ctx, s.CredentialProcess), nil
	}))
}

// shell returns a command as the SDK runs it, but silent.
func shell(ctx context.Context, line string) *exec.Cmd {
	name, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		name, flag = "cmd.exe", "/C"
	}
	cmd := exec.CommandContext(ctx, name, flag, line)
	cmd.Stdin = os.Stdin
	return cmd
}

// uncredited returns an error that says why there are no credentials, without
// what it quotes: the output of a process may hold some.
func uncredited(err error) error {
	var profile config.SharedConfigProfileNotExistError
	var service smithy.APIError
	switch {
	case errors.As(err, &profile):
		return fmt.Errorf("%w: no credentials: there is no profile %q", ErrDenied, profile.Profile)
	case errors.As(err, new(*processcreds.ProviderError)):
		return fmt.Errorf("%w: no credentials: the credential_process of the profile gives none", ErrDenied)
	case errors.As(err, new(*ssocreds.InvalidTokenError)):
		return fmt.Errorf("%w: no credentials: the session of aws sso login has ended", ErrDenied)
	case errors.As(err, &service):
		return fmt.Errorf("%w: no credentials: the service that gives them answers %s", ErrDenied, service.ErrorCode())
	}
	return fmt.Errorf("%w: no credentials are found", ErrDenied)
}
