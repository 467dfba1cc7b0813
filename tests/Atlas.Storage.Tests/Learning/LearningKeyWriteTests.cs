using System.Text.Json.Nodes;
using Atlas.Domain;
using Atlas.Storage.Tests.Sessions;
using Npgsql;
using Xunit;

namespace Atlas.Storage.Tests.Learning;

/// <summary>What follows from the write of a learning key's state, in the same transaction or not at all.</summary>
public sealed class LearningKeyWriteTests
{
    [Fact]
    public async Task Journal_archive_registry_and_outbox_change_with_the_state()
    {
        await using var room = await SessionRoom.OpenAsync();
        var session = await room.EndedAsync();
        var other = await room.EndedAsync();
        var key = new KeyState(room.Database, "key");
        key.State["playbook"]!["student_text"] = "Check the balance first.";
        key.State["playbook"]!["entries"] = new JsonArray(new JsonObject { ["id"] = "entry-1" });
        key.State["playbook"]!["metadata"] = new JsonObject { ["playbook_version"] = "playbook_entry.v1" };

        await key.WriteAsync(KeyState.Observed(1, session), KeyState.Changed(2, 1, "Check the balance first.", session));

        var journal = await room.Playbooks.JournalAsync("key");
        Assert.Equal([("session_observed", (long?)session), ("playbook_changed", null)], journal.Select(e => (e.Type, e.SessionId)));
        var version = (await room.Playbooks.FindVersionAsync("key", 1))!;
        Assert.Equal("Check the balance first.", version.StudentText);
        Assert.Equal([session], version.Summary.SessionIds);
        Assert.Equal((0, "synthesis", "tester", "enough evidence", "cc", 1), (
            version.Summary.ParentVersion, version.Summary.Cause, version.Summary.Author, version.Summary.Reason,
            version.Summary.ContentSha256, version.Summary.Entries));
        var registry = (await room.Playbooks.FindRegistryRowAsync("key"))!;
        Assert.Equal("Check the balance first.", registry.StudentLearning);
        Assert.Null(registry.TeacherLearning);
        Assert.Equal("entry-1", registry.Metadata!.Value.GetProperty("playbook_entries")[0].GetProperty("id").GetString());
        Assert.Equal("playbook_entry.v1", registry.Metadata!.Value.GetProperty("playbook_version").GetString());
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 9, 15, 22, TimeSpan.Zero).AddMicroseconds(481903), registry.UpdatedAt);
        Assert.Equal([other], (await room.Ledger.OutboxOfKeyAsync("key")).Select(delivery => delivery.SessionId));
        Assert.Equal([session], await room.Ledger.FilterCountedAsync("key", [session, other]));
    }

    [Fact]
    public async Task The_hash_of_an_event_covers_the_text_of_one_json_array_and_the_hash_before()
    {
        await using var room = await SessionRoom.OpenAsync();
        await room.Database.ExecuteAsync("""
            INSERT INTO public.learning_journal (learning_key, sequence, event_type, session_id, author, occurred_at, event) VALUES
              (E'"\\\\\u00fc\x01\x7f \n\u2028/', 1, 'session_observed', 7, E'a\tb\U0001F600', '1999-12-31 23:59:59.123456+00', '{"b": [1.50, null, "\\u2028\""], "a": {}}'),
              (E'"\\\\\u00fc\x01\x7f \n\u2028/', 2, 'key_frozen', NULL, NULL, '1969-12-31 23:59:59+00', '[]'),
              ('key', 9223372036854775807, '', -1, '', 'epoch', 'null')
            """);

        Assert.Equal(3, await room.Database.ScalarAsync<long>("""
            SELECT count(*) FROM public.learning_journal j
             WHERE sha256 = sha256(coalesce((SELECT b.sha256 FROM public.learning_journal b WHERE b.learning_key = j.learning_key AND b.sequence = j.sequence - 1), '')
                   || convert_to(jsonb_build_array(learning_key, sequence, event_type, session_id, author, extract(epoch FROM occurred_at)::text, event)::text, 'UTF8'))
            """));
    }

    [Fact]
    public async Task When_a_key_changed_is_noted_to_the_minute_for_as_long_as_it_has_a_state()
    {
        await using var room = await SessionRoom.OpenAsync();
        await new KeyState(room.Database, "key").WriteAsync();
        await new KeyState(room.Database, "other").WriteAsync();
        Assert.Equal(0, await BehindAsync());

        await room.Database.ExecuteAsync("UPDATE orleans.grain_state SET modified_at = modified_at + interval '50 seconds' WHERE key_text = 'key'");
        Assert.Equal(50, await BehindAsync());
        await room.Database.ExecuteAsync("UPDATE orleans.grain_state SET modified_at = modified_at + interval '20 seconds' WHERE key_text = 'key'");
        Assert.Equal(0, await BehindAsync());
        await room.Database.ExecuteAsync("UPDATE orleans.grain_state SET payload = NULL WHERE key_text = 'other'");
        Assert.Equal("key", await NotedAsync());
        await room.Database.ExecuteAsync("DELETE FROM orleans.grain_state WHERE key_text = 'key'");
        Assert.Null(await NotedAsync());

        Task<double> BehindAsync() => room.Database.ScalarAsync<double>("""
            SELECT max(extract(epoch FROM g.modified_at - c.changed_at))::float8 FROM orleans.grain_state g LEFT JOIN orleans.key_change c USING (service_id, key_text)
            """);
        Task<string?> NotedAsync() => room.Database.ScalarAsync<string>("SELECT string_agg(key_text, ',') FROM orleans.key_change");
    }

    [Fact]
    public async Task Nothing_changes_if_the_writer_was_stale()
    {
        await using var room = await SessionRoom.OpenAsync();
        var session = await room.EndedAsync();
        var key = new KeyState(room.Database, "key");
        await key.WriteAsync();
        key.Version = 7;

        Assert.Null(await key.WriteAsync(KeyState.Observed(1, session), KeyState.Changed(2, 1, "text", session)));

        await AssertNothingFollowedAsync(room);
    }

    [Fact]
    public async Task Nothing_changes_if_one_event_cannot_be_stored()
    {
        await using var room = await SessionRoom.OpenAsync();
        var session = await room.EndedAsync();
        var key = new KeyState(room.Database, "key");
        await key.WriteAsync();
        var broken = KeyState.Changed(2, 1, "text", session);
        broken["version"] = "no number";

        await Assert.ThrowsAsync<PostgresException>(() => key.WriteAsync(KeyState.Observed(1, session), broken));

        await AssertNothingFollowedAsync(room);
        Assert.Equal(1, (await room.Playbooks.FindStateAsync("key"))!.StorageVersion);
    }

    [Fact]
    public async Task The_same_event_may_be_written_again()
    {
        await using var room = await SessionRoom.OpenAsync();
        var key = new KeyState(room.Database, "key");
        await key.WriteAsync(KeyState.Observed(1, 11), KeyState.Changed(2, 1, "text", 11));

        Assert.Equal(2, await key.WriteAsync(KeyState.Observed(1, 11), KeyState.Changed(2, 1, "text", 11), KeyState.Observed(3, 12)));

        Assert.Equal([1, 2, 3], (await room.Playbooks.JournalAsync("key")).Select(e => e.Sequence));
    }

    [Fact]
    public async Task Another_event_under_a_used_number_fails_the_write()
    {
        await using var room = await SessionRoom.OpenAsync();
        var key = new KeyState(room.Database, "key");
        await key.WriteAsync(KeyState.Observed(1, 11));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => key.WriteAsync(KeyState.Observed(1, 12), KeyState.Observed(2, 13)));

        Assert.Equal(PostgresErrorCodes.IntegrityConstraintViolation, refused.SqlState);
        Assert.Contains("Event 1 of learning key \"key\"", refused.MessageText);
        Assert.Equal(1, await room.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal"));
        Assert.Equal(1, (await room.Playbooks.FindStateAsync("key"))!.StorageVersion);
    }

    [Fact]
    public async Task A_session_cannot_be_counted_twice()
    {
        await using var room = await SessionRoom.OpenAsync();
        var key = new KeyState(room.Database, "key");
        await key.WriteAsync(KeyState.Observed(1, 11));

        var refused = await Assert.ThrowsAsync<PostgresException>(() => key.WriteAsync(KeyState.Observed(2, 11)));

        Assert.Equal("learning_journal_counted_key", refused.ConstraintName);
    }

    [Fact]
    public async Task A_review_that_came_after_the_one_told_stays_in_the_outbox()
    {
        await using var room = await SessionRoom.OpenAsync();
        var session = await room.EndedAsync();
        await room.Store.ReviewAsync(new() { SessionId = session, Decision = new(ReviewStatus.Quarantined, "ann", null) });
        var key = new KeyState(room.Database, "key");

        await key.WriteAsync(KeyState.Observed(1, session), KeyState.Reviewed(2, session, "approved"));
        Assert.Equal(ReviewStatus.Quarantined, Assert.Single(await room.Ledger.OutboxOfKeyAsync("key")).Review!.Status);

        await key.WriteAsync(KeyState.Reviewed(3, session, "quarantined"));
        Assert.Empty(await room.Ledger.OutboxOfKeyAsync("key"));
    }

    [Theory]
    [InlineData("cafe", "CAFE")]
    [InlineData("7", "007")]
    public async Task A_key_is_known_by_its_own_text_whatever_that_reads_as(string first, string second)
    {
        await using var room = await SessionRoom.OpenAsync();
        foreach (var (name, session) in ((string, long)[])[(first, 11), (second, 12)])
        {
            var key = new KeyState(room.Database, name) { KeyText = "\u0001" + name };
            key.State["playbook"]!["student_text"] = $"text of {name}";
            await key.WriteAsync(KeyState.Observed(1, session));
        }

        foreach (var name in (string[])[first, second])
        {
            Assert.Equal($"text of {name}", (await room.Playbooks.FindRegistryRowAsync(name))!.StudentLearning);
            Assert.Equal(name, (await room.Playbooks.FindStateAsync(name))!.State.GetProperty("learning_key").GetString());
            Assert.Single(await room.Playbooks.JournalAsync(name));
        }

        Assert.Equal(2, (await room.Playbooks.ListKeysAsync()).Length);
    }

    [Fact]
    public async Task A_silo_from_before_cannot_begin_a_key_anew_under_its_number()
    {
        await using var room = await SessionRoom.OpenAsync();
        var key = new KeyState(room.Database, "cafe") { KeyText = null, Number = 0xCAFE };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => key.WriteAsync(KeyState.Observed(1, 11)));

        Assert.Equal("grain_state_exact_learning_key", refused.ConstraintName);
    }

    [Fact]
    public async Task A_state_without_anything_learned_is_a_registry_row_without_metadata()
    {
        await using var room = await SessionRoom.OpenAsync();
        await new KeyState(room.Database, "key").WriteAsync(KeyState.Observed(1, 11));

        var row = (await room.Playbooks.FindRegistryRowAsync("key"))!;

        Assert.Equal("", row.StudentLearning);
        Assert.Null(row.Metadata);
    }

    private static async Task AssertNothingFollowedAsync(SessionRoom room)
    {
        Assert.Empty(await room.Playbooks.JournalAsync("key"));
        Assert.Empty(await room.Playbooks.ListVersionsAsync("key"));
        Assert.Equal("", (await room.Playbooks.FindRegistryRowAsync("key"))!.StudentLearning);
        Assert.Single(await room.Ledger.OutboxOfKeyAsync("key"));
    }
}
