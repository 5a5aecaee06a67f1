// Asks the AMS stand-in of a running stack for the subscription of a cluster, as a client of OCM does that is written with OCM's own SDK.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	sdk "github.com/openshift-online/ocm-sdk-go"
	amv1 "github.com/openshift-online/ocm-sdk-go/accountsmgmt/v1"
)

type stack struct {
	AmsURL       string `json:"ams_url"`
	TokenURL     string `json:"token_url"`
	ClientID     string `json:"ocm_client_id"`
	ClientSecret string `json:"ocm_client_secret"`
}

func main() {
	data := flag.String("data", ".data", "data folder of the development stack")
	cluster := flag.String("cluster", "", "id of the cluster")
	status := flag.String("status", "", "what its subscription has to be: Reserved, Active, … or none")
	flag.Parse()
	if err := run(*data, *cluster, *status); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data, cluster, status string) error {
	if cluster == "" || status == "" {
		return fmt.Errorf("-cluster and -status are needed")
	}
	text, err := os.ReadFile(data + "/stack.json")
	if err != nil {
		return err
	}
	var at stack
	if err := json.Unmarshal(text, &at); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	connection, err := sdk.NewConnectionBuilder().URL(at.AmsURL).TokenURL(at.TokenURL).Client(at.ClientID, at.ClientSecret).BuildContext(ctx)
	if err != nil {
		return err
	}
	defer connection.Close()
	if _, err := connection.AccountsMgmt().V1().CurrentAccount().Get().SendContext(ctx); err != nil {
		return fmt.Errorf("current account: %w", err)
	}
	return compare(ctx, connection.AccountsMgmt().V1().Subscriptions(), cluster, status)
}

// search is one that finds the cluster's subscription, or must not.
type search struct {
	text  string
	finds bool
}

func compare(ctx context.Context, client *amv1.SubscriptionsClient, cluster, status string) error {
	found, err := list(ctx, client, fmt.Sprintf("cluster_id = '%s'", cluster))
	if err != nil {
		return err
	}
	if status == "none" {
		if len(found) != 0 {
			return fmt.Errorf("%d subscriptions where none is expected", len(found))
		}
		return nil
	}
	if len(found) != 1 {
		return fmt.Errorf("%d subscriptions where one is expected", len(found))
	}
	got, err := client.Subscription(found[0].ID()).Get().SendContext(ctx)
	if err != nil {
		return fmt.Errorf("get: %w", err)
	}
	subscription := got.Body()
	if subscription.Status() != status || subscription.ClusterID() != cluster || subscription.Managed() || subscription.Plan().ID() != "OCP-AssistedInstall" {
		return fmt.Errorf("unexpected subscription: status %s, cluster %s, managed %v, plan %s", subscription.Status(), subscription.ClusterID(), subscription.Managed(), subscription.Plan().ID())
	}
	for _, s := range searches(subscription) {
		found, err := list(ctx, client, s.text)
		if err != nil {
			return err
		}
		if (len(found) == 1) != s.finds {
			return fmt.Errorf("%d subscriptions for %s", len(found), s.text)
		}
		fmt.Printf("%d  %s\n", len(found), s.text)
	}
	fmt.Printf("%s %s %q external cluster id %q console %q\n", subscription.ID(), subscription.Status(), subscription.DisplayName(), subscription.ExternalClusterID(), subscription.ConsoleURL())
	return nil
}

func searches(s *amv1.Subscription) []search {
	here := fmt.Sprintf("cluster_id = '%s'", s.ClusterID())
	name := s.DisplayName()
	all := []search{
		{here + fmt.Sprintf(" and status = '%s'", s.Status()), true},
		{here + fmt.Sprintf(" and status <> '%s'", s.Status()), false},
		{here + fmt.Sprintf(" and display_name like '%s%%'", name[:1]), true},
		{here + fmt.Sprintf(" and display_name ilike '%s'", strings.ToUpper(name)), true},
		{here + fmt.Sprintf(" and display_name like '%s'", strings.ToUpper(name)), false},
		{fmt.Sprintf("cluster_id in ('%s') and plan.id = 'OCP-AssistedInstall'", s.ClusterID()), true},
		{here + " and (status = 'Reserved' or status in ('Active', 'Stale'))", true},
		{here + fmt.Sprintf(" and not (status = '%s')", s.Status()), false},
		{here + fmt.Sprintf(" and organization_id = '%s'", s.OrganizationID()), true},
	}
	if id := s.ExternalClusterID(); id != "" {
		all = append(all, search{fmt.Sprintf("external_cluster_id = '%s'", id), true})
	}
	return all
}

func list(ctx context.Context, client *amv1.SubscriptionsClient, search string) ([]*amv1.Subscription, error) {
	response, err := client.List().Search(search).Page(1).Size(100).SendContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", search, err)
	}
	if response.Total() != response.Items().Len() {
		return nil, fmt.Errorf("list %s: %d of %d", search, response.Items().Len(), response.Total())
	}
	return response.Items().Slice(), nil
}
