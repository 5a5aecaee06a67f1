package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"
)

// registration is what an agent reads of the answer to its registration: the program that does the polling, and how it is started.
type registration struct {
	ID     string `json:"id"`
	Runner *struct {
		Command      string   `json:"command"`
		Args         []string `json:"args"`
		RetrySeconds int64    `json:"retry_seconds"`
	} `json:"next_step_runner_command"`
}

type instructions struct {
	NextInstructionSeconds int64  `json:"next_instruction_seconds"`
	PostStepAction         string `json:"post_step_action"`
	Instructions           []struct {
		StepType string   `json:"step_type"`
		StepID   string   `json:"step_id"`
		Command  string   `json:"command"`
		Args     []string `json:"args"`
	} `json:"instructions"`
}

// runAgent registers a machine and carries out what it is asked for until its inventory has been taken; answers the host's id.
func runAgent(s *service, cluster string, m machine, read *inventory) (string, error) {
	var registered registration
	body := map[string]string{"host_id": m.hostID(), "discovery_agent_version": "others"}
	if err := s.call(s.agentHeader, "POST", "/clusters/"+cluster+"/hosts", body, 201, &registered); err != nil {
		return "", err
	}
	host, err := registered.host(cluster)
	if err != nil {
		return "", err
	}
	path := "/clusters/" + cluster + "/hosts/" + host + "/instructions"
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		var next instructions
		if err := s.call(s.agentHeader, "GET", path, nil, 200, &next); err != nil {
			return "", err
		}
		if next.NextInstructionSeconds <= 0 || next.PostStepAction != "continue" {
			return "", fmt.Errorf("an agent can't follow %+v", next)
		}
		for _, step := range next.Instructions {
			if step.StepType != "inventory" {
				continue
			}
			output, err := json.Marshal(read)
			if err != nil {
				return "", err
			}
			reply := map[string]any{"step_type": step.StepType, "step_id": step.StepID, "exit_code": 0, "output": string(output), "error": ""}
			return host, s.call(s.agentHeader, "POST", path, reply, 204, nil)
		}
	}
	return "", fmt.Errorf("%s was not asked for its inventory within a minute", m.name)
}

// host is the one the runner would poll for: its command line is read as a Go program reads its flags.
func (r registration) host(cluster string) (string, error) {
	if r.Runner == nil || r.Runner.RetrySeconds <= 0 {
		return "", fmt.Errorf("the registration names no program that polls, or not how long to wait for it")
	}
	at := slices.Index(r.Runner.Args, "next_step_runner")
	if at < 0 {
		return "", fmt.Errorf("%q does not start next_step_runner", r.Runner.Args)
	}
	flags := flag.NewFlagSet("next_step_runner", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	clusterID, hostID := flags.String("cluster-id", "", ""), flags.String("host-id", "", "")
	for _, name := range []string{"url", "agent-version", "cacert"} {
		flags.String(name, "", "")
	}
	flags.Bool("insecure", false, "")
	if err := flags.Parse(r.Runner.Args[at+1:]); err != nil {
		return "", err
	}
	if flags.NArg() > 0 || *clusterID != cluster || *hostID != r.ID {
		return "", fmt.Errorf("the runner of host %s is started with %q", r.ID, r.Runner.Args[at:])
	}
	return *hostID, nil
}
