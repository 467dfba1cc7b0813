using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Documents;

/// <summary>Whoever follows README.md or a guide from top to bottom in a clean workspace sees every command work, and what the text says that it shows.</summary>
[Collection(Alone.Name)]
public sealed class FollowedPagesTests
{
    [Fact]
    public Task The_readme() => FollowAsync("README.md",
        ("./atlas quickstart", "The playbook now"),
        ("curl -sSf $API/keys/tour%2Fhttp/playbook", "Check the date of purchase first."),
        ("./atlas import tau-bench", "40 sessions"),
        ("./atlas session list", "tour/orders"),
        ("./atlas playbook show", "check_payment"),
        ("./atlas report", "tour/orders"),
        ("./atlas status", "silo-3"));

    [Fact]
    public Task The_tour() => FollowAsync("docs/guides/tour.md",
        ("./atlas status", "healthy"),
        ("./atlas import tau-bench samples/data/order-desk.json --key tour/orders", "40 sessions"),
        ("./atlas session list", "tour/orders"),
        ("./atlas session show", "teaches    "),
        ("./atlas playbook list", "tour/orders"),
        ("./atlas playbook resolve", "check_payment"),
        ("./atlas review list", "pending"),
        ("./atlas review approve", "20 sessions"),
        ("./atlas review quarantine", "quarantined"),
        ("./atlas playbook edit", "Saved as version"),
        ("./atlas playbook diff", "+ "),
        ("./atlas key create", "atlas_"),
        ("./atlas audit", "RevokeApiKey"),
        ("./atlas run --config", "reward"),
        ("./atlas restart --config", "silo-1 was restarted"),
        ("./atlas env init", "get_order"),
        ("./atlas doctor --models", "desk-"),
        ("./atlas down", "The private PostgreSQL was stopped"));

    [Fact]
    public async Task A_python_agent()
    {
        await DebianPackage.DemandAsync("python3-httpx", "/usr/bin/python3", "-c", "import httpx");
        await FollowAsync("docs/guides/python-agent.md",
            ("PYTHONPATH=clients/python python3 agent.py", "version 0"),
            ("./atlas session list", "guide/python"));
    }

    [Fact]
    public Task A_coding_agent() => FollowAsync("docs/guides/coding-agent.md",
        ("./atlas playbook candidates", "Run the tests before you say that you are done."),
        ("./atlas playbook show guide/team", "Run the tests before you say that you are done."));

    [Fact]
    public Task Review_and_promote() => FollowAsync("docs/guides/review-and-promote.md",
        ("./atlas review approve", "40 sessions"),
        ("./atlas review quarantine", "quarantined"),
        ("./atlas playbook diff", "+ "),
        ("./atlas playbook history", "better words"));

    [Fact]
    public Task Prove_that_it_helps() => FollowAsync("docs/guides/prove-that-it-helps.md",
        ("./atlas quickstart --evidence", "withdrawn"),
        ("./atlas experiment start guide/experiment --versions 1,2 --share 0.5 --dry-run", "sessions"),
        ("./atlas experiment list", "running"));

    [Fact]
    public Task A_cluster_of_three() => FollowAsync("docs/guides/cluster-of-three.md",
        ("./atlas status", "silo-3"),
        ("./atlas down --silo silo-3", "silo-3"),
        ("./atlas restart", "silo-3 was restarted"));

    [Fact]
    public Task Upgrade_and_backup() => FollowAsync("docs/guides/upgrade-and-backup.md",
        ("./atlas backup", "monday.dump"),
        ("./atlas restart", "silo-1 was restarted"));

    private static async Task FollowAsync(string page, params (string Command, string Shows)[] promises)
    {
        await using var followed = new FollowedPage();
        Assert.True(await followed.FollowAsync(page) > 0, $"{page} shows no command");
        foreach (var (command, shows) in promises)
        {
            Assert.Contains(shows, followed.Said(command), StringComparison.Ordinal);
        }
    }
}
