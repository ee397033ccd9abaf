namespace Libp2p.Peerstore.Tests;

/// <summary>The runner finds what is wrong: a suite that cannot fail proves nothing.</summary>
public sealed class MismatchTests
{
    [Fact]
    public async Task A_wrong_answer_in_a_scenario_is_reported_with_document_step_wanted_and_got()
    {
        var document = Scenario.Of(
            """
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1h0m0s"},
            {"op":"addrs","peer":"A","want":["/ip4/1.2.3.4/tcp/2"]}
            """);

        var report = await Scenario.RunAsync(document);

        var mismatch = Assert.Single(report.Mismatches);
        Assert.Equal(1, report.Failed);
        Assert.Equal("made.json", mismatch.Document);
        Assert.Equal(1, mismatch.Step);
        Assert.Equal("addrs", mismatch.Operation);
        Assert.Equal("[\"/ip4/1.2.3.4/tcp/2\"]", mismatch.Wanted);
        Assert.Equal("[\"/ip4/1.2.3.4/tcp/1\"]", mismatch.Got);
    }

    [Theory]
    [InlineData("peer-ids", "valid", "cid")]
    [InlineData("peer-ids", "validStrings", "base58")]
    [InlineData("multiaddrs", "valid", "canonical")]
    [InlineData("multiaddrs", "validBytes", "canonical")]
    [InlineData("keys", "keys", "peerId")]
    [InlineData("keys", "publicKeyBytes", "peerId")]
    [InlineData("envelopes", "envelopes", "seq")]
    public async Task A_wrong_form_of_a_value_is_a_failure(string name, string list, string form)
    {
        var changed = -1;
        var document = Scenario.Changed("values", name, json =>
        {
            var items = json[list]!.AsArray();

            // Not the first one: of the texts that is the one that is skipped.
            changed = Enumerable.Range(1, items.Count - 1).First(index => items[index]![form] is not null);
            items[changed]![form] = "something else";
        });

        var report = await Scenario.RunAsync(document);

        var mismatch = Assert.Single(report.Mismatches);
        Assert.Equal(changed, mismatch.Step);
        Assert.Equal(list, mismatch.Operation);
        Assert.Contains("something else", mismatch.Wanted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys", "publicKeyBytes", "valid")]
    [InlineData("keys", "privateKeyBytes", "valid")]
    [InlineData("keys", "signatures", "valid")]
    [InlineData("envelopes", "envelopes", "accepted")]
    public async Task A_flipped_verdict_is_a_failure(string name, string list, string verdict)
    {
        var document = Scenario.Changed("values", name, json =>
        {
            var item = json[list]!.AsArray()[0]!;
            item[verdict] = !item[verdict]!.GetValue<bool>();
        });

        var report = await Scenario.RunAsync(document);

        Assert.Equal(0, Assert.Single(report.Mismatches).Step);
    }

    [Theory]
    [InlineData("peer-ids", "invalidStrings", "string", Scenario.PeerA)]
    [InlineData("peer-ids", "invalidBytes", "bytes", "1200")]
    [InlineData("multiaddrs", "invalidStrings", "string", "/ip4/1.2.3.4")]
    [InlineData("multiaddrs", "invalidBytes", "bytes", "0401020304")]
    public async Task A_good_value_among_the_bad_ones_is_a_failure(string name, string list, string form, string value)
    {
        var document = Scenario.Changed("values", name, json => json[list]!.AsArray()[3]![form] = value);

        var mismatch = Assert.Single((await Scenario.RunAsync(document)).Mismatches);

        Assert.Equal((3, "accepted"), (mismatch.Step, mismatch.Got));
    }

    [Fact]
    public async Task A_protocol_that_is_missing_in_the_table_is_a_failure()
    {
        var document = Scenario.Changed("values", "multiaddrs", json => json["protocols"]!.AsArray().RemoveAt(7));

        Assert.Equal("protocols", Assert.Single((await Scenario.RunAsync(document)).Mismatches).Operation);
    }

    [Fact]
    public async Task An_unknown_quirk_is_run_and_its_answers_are_failures()
    {
        var document = Scenario.Of(
            """
            {"op":"addAddrs","peer":"A","addrs":["/ip4/1.2.3.4/tcp/1"],"ttl":"1h0m0s"},
            {"op":"addrs","peer":"A","want":[]}
            """,
            quirk: "never-heard-of");

        var report = await Scenario.RunAsync(document);

        Assert.Equal((1, 0), (report.Failed, report.Skipped));
    }

    [Fact]
    public async Task An_unknown_operation_is_a_failure_and_the_rest_is_run()
    {
        var report = await Scenario.RunAsync(Scenario.Of("""{"op":"dance"},{"op":"peers","want":[]}"""));

        Assert.Equal("dance", Assert.Single(report.Mismatches).Operation);
        Assert.Equal(1, report.Passed);
    }

    [Theory]
    [InlineData("""{"op":"addrs","want":[]}""")]
    [InlineData("""{"op":"addrs","peer":"Z","want":[]}""")]
    [InlineData("""{"op":"addrs","peer":"A"}""", true)]
    [InlineData("""{"op":"addrs","peer":"A","want":"no list"}""")]
    [InlineData("""{"op":"addAddrs","peer":"A","addrs":["no address"],"ttl":"1s"}""")]
    [InlineData("""{"op":"addAddrs","peer":"A","addrs":[7],"ttl":"1s"}""")]
    [InlineData("""{"op":"addAddrs","peer":"A","addrs":[],"ttl":"soon"}""")]
    [InlineData("""{"op":"consume","envelope":"%","ttl":"1s","wantAccepted":true,"wantError":false}""")]
    [InlineData("""{"op":"advance","by":"-1s"}""")]
    [InlineData("""{"op":"putMetadata","peer":"A","key":"\ud800","value":"","wantError":false}""")]
    [InlineData("17")]
    public async Task A_step_that_cannot_be_understood_is_a_failure_and_no_crash(string step, bool anEmptyList = false)
    {
        var report = await Scenario.RunAsync(Scenario.Of(step));

        Assert.Equal(anEmptyList ? 0 : 1, report.Failed);
    }

    [Fact]
    public async Task An_exception_out_of_the_store_is_the_answer_that_came()
    {
        var runner = new Libp2p.Peerstore.Testing.ConformanceRunner(async (clock, options) =>
        {
            var store = MemoryPeerstore.Create(options, clock);
            await store.DisposeAsync();
            return store;
        });

        var report = await runner.RunAsync(
            Scenario.Of("""{"op":"addrs","peer":"A","want":[]}"""), TestContext.Current.CancellationToken);

        Assert.StartsWith(
            nameof(ObjectDisposedException), Assert.Single(report.Mismatches).Got, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_from_a_document_are_bounded_and_without_control_characters()
    {
        var text = "\\u001b[2J" + new string('x', 5000);

        var report = await Scenario.RunAsync(Scenario.Of($$"""{"op":"protocols","peer":"A","want":["{{text}}"]}"""));

        var mismatch = Assert.Single(report.Mismatches);
        Assert.InRange(mismatch.Wanted.Length, 1, 2001);
        Assert.DoesNotContain('\u001b', mismatch.Wanted);
        Assert.Contains("\\u001b", mismatch.Wanted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_of_the_followed_variant_stands_above_go_s()
    {
        const string Step = """{"op":"peers","want":["A"],"alt":{"heapFix":{"want":["B"]},"heapFix+eagerGc":{"want":[]}}}""";

        Assert.Equal(0, (await Scenario.RunAsync(Scenario.Of(Step))).Failed);
    }
}
