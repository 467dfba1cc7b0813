using Atlas.Cli.Tests.Harness;
using Atlas.Identity;
using Xunit;

namespace Atlas.Cli.Tests.Access;

/// <summary><c>atlas credential create</c>, and what <c>up</c> does so that nobody on one machine has to think of it.</summary>
[Collection(SharedSilo.Name)]
public sealed class CredentialTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public void A_private_cluster_has_a_secret_that_its_owner_alone_can_read()
    {
        var file = Path.Combine(_workspace.Home, "secret");

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.True(File.ReadAllText(file).Trim().Length >= ClusterSecret.LeastCharacters);
    }

    [Fact]
    public async Task A_command_may_what_its_credential_allows_and_signs_with_its_name()
    {
        const string Key = "credential/signed";
        var file = await _workspace.WriteAsync("credential.json", """{ "format": "atlas.playbook.v1", "student": ["Look first."] }""");
        (await _workspace.CallAsync("playbook", "import", Key, file, "--reason", "to begin with")).Expect(ExitCode.Ok);

        var refused = await AsAsync(await CreateAsync("shop", "runtime"), "playbook", "freeze", Key, "--reason", "mine");
        var frozen = await AsAsync(await CreateAsync("olga", "operator"), "playbook", "freeze", Key, "--reason", "looked at", "--by", "ceo");

        refused.Expect(ExitCode.Refused);
        Assert.Contains("needs a credential with the role operator", refused.Error, StringComparison.Ordinal);
        frozen.Expect(ExitCode.Ok);
        var history = (await _workspace.CallAsync("playbook", "history", Key)).Expect(ExitCode.Ok).Output;
        Assert.Contains("olga", history, StringComparison.Ordinal);
        Assert.DoesNotContain("ceo", history, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_credential_is_refused_without_being_shown()
    {
        var refused = await AsAsync("hunter2", "playbook", "freeze", "some/key", "--reason", "mine");

        Assert.DoesNotContain("hunter2", refused.Output + refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_secret_is_known_it_says_where_one_comes_from()
    {
        await using var elsewhere = new TestWorkspace();

        var refused = (await elsewhere.CallAsync("credential", "create", "shop")).Expect(ExitCode.NotFound);

        Assert.Contains("`atlas up` creates the secret of a private cluster", refused.Error, StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string name, string role)
    {
        var made = (await _workspace.CallAsync("credential", "create", name, "--role", role, "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal((name, role), (made.GetProperty("name").GetString(), made.GetProperty("role").GetString()));
        return made.GetProperty("credential").GetString()!;
    }

    private async Task<CommandResult> AsAsync(string credential, params string[] arguments)
    {
        _workspace.SetEnvironment(AtlasCredential.Variable, credential);
        try
        {
            return await _workspace.CallAsync(arguments);
        }
        finally
        {
            _workspace.SetEnvironment(AtlasCredential.Variable, null);
        }
    }
}
