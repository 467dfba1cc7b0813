using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Access;

[Collection(SharedSilo.Name)]
public sealed class KeyRotationTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task A_rotated_key_lasts_as_long_as_the_one_before()
    {
        var first = await JsonAsync("create", "rotated", "--expires-in-days", "30");
        var second = await JsonAsync("rotate", "rotated");

        Assert.InRange(Lifetime(first), TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        Assert.InRange(Lifetime(second), TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));

        await JsonAsync("create", "endless");
        Assert.Equal(JsonValueKind.Null, (await JsonAsync("rotate", "endless")).GetProperty("expires_at").ValueKind);
    }

    [Fact]
    public async Task A_key_that_expires_earlier_than_its_grace_ends_when_it_would_have()
    {
        var first = await JsonAsync("create", "short", "--expires-in-days", "1");

        var said = (await _workspace.CallAsync("key", "rotate", "short", "--grace-hours", "100")).Expect(ExitCode.Ok).Error;

        Assert.Contains("and expires on ", said, StringComparison.Ordinal);
        var listed = (await JsonAsync("list")).EnumerateArray().Single(key => key.GetProperty("id").GetString() == first.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("expires_at").GetDateTimeOffset(), listed.GetProperty("expires_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_third_key_is_refused_with_what_is_known_of_the_two()
    {
        var first = await JsonAsync("create", "third");
        var second = await JsonAsync("rotate", "third");

        var refused = (await _workspace.CallAsync("key", "rotate", "third")).ExpectSentence(ExitCode.Refused, "already has two active keys");

        Assert.All(new[] { first, second }, key => Assert.Contains($"{key.GetProperty("id").GetString()} (never used)", refused.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_key_is_shown_although_the_audit_cannot_be_written()
    {
        await using var database = await _workspace.DatabaseAsync();
        await using (var command = database.CreateCommand("""
            CREATE FUNCTION no_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no more audit' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_audit BEFORE INSERT ON audit_log FOR EACH ROW WHEN (NEW.actor = 'unaudited') EXECUTE FUNCTION no_audit();
            """))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var created = (await _workspace.CallAsync("key", "create", "shown", "--by", "unaudited")).Expect(ExitCode.Ok);
        var rotated = (await _workspace.CallAsync("key", "rotate", "shown", "--by", "unaudited")).Expect(ExitCode.Ok);

        Assert.All(new[] { created, rotated }, made =>
        {
            Assert.StartsWith("atlas_", made.Output, StringComparison.Ordinal);
            Assert.Contains("could not be written to the audit: 53100: no more audit", made.Error, StringComparison.Ordinal);
        });
    }

    private async Task<JsonElement> JsonAsync(params string[] words) => (await _workspace.CallAsync(["key", .. words, "--json"])).Expect(ExitCode.Ok).Json();

    private static TimeSpan Lifetime(JsonElement key) => key.GetProperty("expires_at").GetDateTimeOffset() - key.GetProperty("created_at").GetDateTimeOffset();
}
