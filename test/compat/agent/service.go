package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// service is the one of a development stack, as a user and as an agent.
type service struct {
	base        string
	pullSecret  string
	agentHeader map[string]string
	userHeader  map[string]string
}

func connect(data string) (*service, error) {
	text, err := os.ReadFile(filepath.Join(data, "stack.json"))
	if err != nil {
		return nil, fmt.Errorf("no stack runs with this data folder: %w", err)
	}
	var stack struct {
		APIURL     string `json:"api_url"`
		UserToken  string `json:"user_token"`
		AgentToken string `json:"agent_token"`
		PullSecret string `json:"pull_secret"`
	}
	if err := json.Unmarshal(text, &stack); err != nil {
		return nil, err
	}
	return &service{
		base:        stack.APIURL + "/api/assisted-install/v1",
		pullSecret:  stack.PullSecret,
		agentHeader: map[string]string{"X-Secret-Key": stack.AgentToken, "discovery_agent_version": "others"},
		userHeader:  map[string]string{"Authorization": "Bearer " + stack.UserToken},
	}, nil
}

// call fails unless the answer has this status; into, unless nil, takes its body.
func (s *service) call(header map[string]string, method, path string, body any, status int, into any) error {
	sent, err := json.Marshal(body)
	if err != nil {
		return err
	}
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(sent)
	}
	request, err := http.NewRequest(method, s.base+path, reader)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	client := http.Client{Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != status {
		return fmt.Errorf("%s %s: %d instead of %d: %s", method, path, response.StatusCode, status, text)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(text, into)
}

func (s *service) registerCluster(name string) (string, error) {
	var cluster struct {
		ID string `json:"id"`
	}
	body := map[string]any{"name": name, "openshift_version": "4.8", "pull_secret": s.pullSecret, "base_dns_domain": "example.com"}
	err := s.call(s.userHeader, "POST", "/clusters", body, 201, &cluster)
	return cluster.ID, err
}

func (s *service) removeCluster(id string) {
	if err := s.call(s.userHeader, "DELETE", "/clusters/"+id, nil, 204, nil); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// hardwareValidations waits until the service has judged a host and answers its judgement by validation.
func (s *service) hardwareValidations(cluster, host string) (map[string]string, error) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		var answer struct {
			Status      string `json:"status"`
			Validations string `json:"validations_info"`
		}
		if err := s.call(s.userHeader, "GET", "/clusters/"+cluster+"/hosts/"+host, nil, 200, &answer); err != nil {
			return nil, err
		}
		if answer.Status == "discovering" || answer.Validations == "" {
			continue
		}
		var byCategory map[string][]struct{ ID, Status string }
		if err := json.Unmarshal([]byte(answer.Validations), &byCategory); err != nil {
			return nil, err
		}
		found := map[string]string{}
		for _, validation := range byCategory["hardware"] {
			found[validation.ID] = validation.Status
		}
		return found, nil
	}
	return nil, fmt.Errorf("host %s was not judged within a minute", host)
}
