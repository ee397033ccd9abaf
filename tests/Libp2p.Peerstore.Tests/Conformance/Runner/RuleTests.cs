using System.Text.Json.Nodes;

namespace Libp2p.Peerstore.Tests;

/// <summary>Rules look at what a document says: they hold for documents that nobody has seen, and for no others.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task A_document_under_another_name_with_its_items_in_another_order_is_skipped_alike()
    {
        var document = Scenario.Changed("values", "keys", static json =>
        {
            _ = json.Remove("about");
            foreach (var list in (string[])["publicKeyBytes", "privateKeyBytes", "signatures"])
            {
                var items = json[list]!.AsArray().Reverse().Select(static item => item!.DeepClone()).ToArray();
                foreach (var item in items)
                {
                    item["about"] = "?";
                }

                json[list] = new JsonArray(items);
            }
        });

        var report = await Scenario.RunAsync(document);

        Assert.Equal((0, 9), (report.Failed, report.Skipped));
    }

    [Fact]
    public async Task A_rule_does_not_cover_what_go_refuses_too()
    {
        var document = Scenario.Changed("values", "keys", static json =>
        {
            foreach (var item in json["signatures"]!.AsArray())
            {
                item!["valid"] = false;
            }
        });

        var report = await Scenario.RunAsync(document);

        Assert.DoesNotContain(report.Skips, static skip => skip.Rule.Id is "ecdsa-trailing-bytes" or "ed25519-weak-key");
        Assert.True(report.Failed > 0);
    }

    [Fact]
    public async Task The_end_of_an_address_between_two_ticks_skips_what_follows()
    {
        var report = await Scenario.RunAsync(Scenario.Of(
            """
            {"op":"peers","want":[]},
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1ns"},
            {"op":"addrs","peer":"A","want":["/ip4/1.2.3.4/tcp/1"]},
            {"op":"advance","by":"1ns"},
            {"op":"addrs","peer":"A","want":[]}
            """));

        Assert.Equal((1, 0, 2), (report.Passed, report.Failed, report.Skipped));
    }

    [Fact]
    public async Task An_instant_between_two_ticks_skips_nothing_while_no_address_ends_there()
    {
        var report = await Scenario.RunAsync(Scenario.Of(
            """
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1s"},
            {"op":"advance","by":"999.999999ms"},
            {"op":"addrs","peer":"A","want":["/ip4/1.2.3.4/tcp/1"]},
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/2"],"ttl":"permanent"},
            {"op":"updateAddrs","peer":"A","oldTtl":"permanent","newTtl":"-1ns"},
            {"op":"addrs","peer":"A","want":["/ip4/1.2.3.4/tcp/1"]},
            {"op":"advance","by":"1ns"},
            {"op":"addrs","peer":"A","want":[]}
            """));

        Assert.Equal((3, 0, 0), (report.Passed, report.Failed, report.Skipped));
    }

    [Fact]
    public async Task What_go_s_full_store_says_is_exchanged_for_the_contract_s_answer_without_any_mark()
    {
        const string Steps =
            """
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1m0s"},
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1h0m0s"},
            {"op":"advance","by":"1m0s"},
            {"op":"addrs","peer":"A","want":[]}
            """;

        var full = await Scenario.RunAsync(Scenario.Of(Steps, """{"maxAddresses":1}"""));
        var roomy = await Scenario.RunAsync(Scenario.Of(Steps, """{"maxAddresses":2}"""));

        Assert.Equal(0, full.Failed);
        Assert.Equal("full-store-drops-refresh", Assert.Single(full.Differences).Rule.Id);
        Assert.Equal(1, roomy.Failed);
    }

    [Fact]
    public async Task The_contract_s_list_of_peers_is_checked_and_not_merely_excused()
    {
        const string Put = """{"op":"putMetadata","peer":"A","key":"k","value":"v","wantError":false},""";

        var go = await Scenario.RunAsync(Scenario.Of(Put + """{"op":"peers","want":[]}"""));
        var contract = await Scenario.RunAsync(Scenario.Of(Put + """{"op":"peers","want":["A"]}"""));
        var neither = await Scenario.RunAsync(Scenario.Of(Put + """{"op":"peers","want":["B"]}"""));

        Assert.Equal("peers-of-all-books", Assert.Single(go.Differences).Rule.Id);
        Assert.Equal((0, 0, 1), (go.Failed, contract.Failed, neither.Failed));
        Assert.Empty(contract.Differences);
    }

    [Fact]
    public async Task Storing_for_the_empty_peer_has_to_be_refused()
    {
        var report = await Scenario.RunAsync(Scenario.Of(
            """
            {"op":"addAddrs","peer":"empty","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1h0m0s"},
            {"op":"addrs","peer":"empty","want":["/ip4/1.2.3.4/tcp/1"]},
            {"op":"setProtocols","peer":"empty","protocols":["p"],"wantError":false},
            {"op":"putMetadata","peer":"empty","key":"k","value":"v","wantError":false},
            {"op":"recordLatency","peer":"empty","latency":"1ms","latencyNs":1000000},
            {"op":"latency","peer":"empty","want":"1ms","wantNs":1000000},
            {"op":"clearAddrs","peer":"empty"}
            """));

        Assert.Equal(0, report.Failed);
        Assert.Equal("empty-peer-id", Assert.Single(report.Differences).Rule.Id);
    }

    [Fact]
    public async Task A_latency_of_whole_ticks_is_compared_exactly_and_a_finer_one_closely()
    {
        var report = await Scenario.RunAsync(Scenario.Of(
            """
            {"op":"recordLatency","peer":"A","latency":"1ms","latencyNs":1000000},
            {"op":"latency","peer":"A","want":"1.0001ms","wantNs":1000100},
            {"op":"recordLatency","peer":"B","latency":"1.000050ms","latencyNs":1000050},
            {"op":"latency","peer":"B","want":"1.00005ms","wantNs":1000050},
            {"op":"latency","peer":"B","want":"1.0005ms","wantNs":1000500}
            """));

        Assert.Equal([1, 4], report.Mismatches.Select(static mismatch => mismatch.Step));
        Assert.Equal(1, report.Passed);
    }
}
