using Atlas.Client.Cache;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Playbooks;
using Atlas.Testing.Wire;
using Xunit;

namespace Atlas.Client.Tests.Cache;

public sealed class KeptPlaybooksTests : IDisposable
{
    private const string Key = "support/orders";

    private static readonly GivenEntry First = new("first", "student", "aa", OnTrial: true, new EntryCue()), Second = First with { Id = "second", Sha256 = "bb" };

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-cache-test-").FullName;
    private readonly TestClock _time = new(TimeSpan.Zero);
    private readonly KeptPlaybooks _kept;
    private ResolvedPlaybook _current = Of("Both.") with { Entries = [First, Second] };
    private int _reads;

    public KeptPlaybooksTests() => _kept = new KeptPlaybooks(new PlaybookCache(_folder), _time);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_session_of_the_hold_out_leaves_the_playbook()
    {
        _kept.Note(_current);
        _time.Advance(TimeSpan.FromMinutes(2));
        _kept.Follow(new ResolvedPlaybook(Key, 0, null, default, ApplyToPrompts: false, 0, null, null), Read);
        Assert.Equal("Both.", Stored());
    }

    [Fact]
    public void The_whole_playbook_is_stored_also_if_the_first_session_gets_a_part_of_it()
    {
        _kept.Follow(Of("First.") with { Entries = [First], Withheld = [Second] }, Read);
        Assert.Equal("Both.", Stored());

        _kept.Follow(Of("Second.") with { Entries = [Second], Withheld = [First] }, Read);
        Assert.Equal(("Both.", 1), (Stored(), _reads));
    }

    [Fact]
    public void A_key_whose_sessions_get_another_version_is_not_read_with_every_session()
    {
        for (var session = 0; session < 10; session++)
        {
            _kept.Follow(FakeAtlas.Resolved("Of the version before.", version: 6), Read);
        }

        Assert.Equal(("Both.", 1), (Stored(), _reads));
        _current = FakeAtlas.Resolved("Promoted.", version: 8);
        _time.Advance(TimeSpan.FromSeconds(6));
        _kept.Follow(_current, Read);
        Assert.Equal(("Promoted.", 2), (Stored(), _reads));
    }

    [Fact]
    public void A_key_that_has_no_playbook_any_more_is_forgotten()
    {
        _kept.Note(_current);
        _kept.Note(FakeAtlas.Resolved(null, version: 0));
        Assert.Null(Stored());
    }

    [Fact]
    public void A_cache_that_was_cleared_is_filled_again()
    {
        _kept.Note(_current);
        new PlaybookCache(_folder).Clear();
        _time.Advance(TimeSpan.FromMinutes(2));
        _kept.Note(_current);
        Assert.Equal("Both.", Stored());
    }

    [Fact]
    public void A_client_that_is_not_allowed_to_read_asks_once()
    {
        for (var key = 0; key < 3; key++)
        {
            _kept.Follow(FakeAtlas.Resolved("Given.", key: $"key/{key}"), Refused);
        }

        Assert.Equal(1, _reads);
        Assert.Empty(Directory.GetFiles(_folder));

        Task<ResolvedPlaybook> Refused(string key)
        {
            _reads++;
            return Task.FromException<ResolvedPlaybook>(new AtlasRefusedException("This credential cannot read."));
        }
    }

    private static ResolvedPlaybook Of(string text)
    {
        var playbook = FakeAtlas.Resolved(text);
        return playbook with { Student = playbook.Student! with { VersionSha256 = "the whole version" } };
    }

    private Task<ResolvedPlaybook> Read(string key)
    {
        _reads++;
        return Task.FromResult(_current);
    }

    private string? Stored() => new PlaybookCache(_folder).Read(Key, "student")?.Playbook.Text;
}
