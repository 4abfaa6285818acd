package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index/local"
)

// healthTime is how long a server may take to say how it is.
const healthTime = 5 * time.Second

func (a *app) healthCommand() *cobra.Command {
	live := false
	c := &cobra.Command{
		Use:   "health [ADDRESS]",
		Short: "Ask a running server whether it is well",
		Long: `Health asks the server of the data folder, or the one at an address, whether it answers queries and shows what the archive has; with
--live only whether the process answers. Exit code 0: yes; 1: no, or there is none. Containers and monitors use it.`,
		Example: "  kelisim health\n  kelisim health --live http://127.0.0.1:8080",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			base, holder := "", ""
			if len(args) > 0 {
				base = strings.TrimSuffix(args[0], "/")
			} else if holder = local.ReadHolder(a.indexDir()).Address; holder != "" {
				base = serverURL(holder)
			}
			if base == "" {
				return fmt.Errorf("no server has %s open", a.data)
			}
			path := "/readyz"
			if live {
				path = "/healthz"
			}
			said, err := ask(cmd.Context(), base+path)
			switch {
			case holder != "" && errors.Is(err, syscall.ECONNREFUSED):
				// It was killed before it could take its address out.
				return fmt.Errorf("no server has %s open: the last one was at %s", a.data, holder)
			case err != nil:
				return err
			}
			_, err = io.WriteString(a.out, said)
			return err
		},
	}
	c.Flags().BoolVar(&live, "live", false, "only whether the process answers")
	return c
}

// ask gives what our own server says; the error has it where it says no.
func ask(ctx context.Context, address string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", usagef("%q is no address; write http://127.0.0.1:8080", address)
	}
	res, err := direct.Do(req)
	if err != nil {
		return "", fmt.Errorf("no answer: %w", err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if err != nil {
		return "", fmt.Errorf("no answer: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%s: status %d: %s", address, res.StatusCode, strings.TrimSpace(string(body)))
	}
	return string(body), nil
}
