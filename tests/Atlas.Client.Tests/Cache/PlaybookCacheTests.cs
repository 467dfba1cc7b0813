using Atlas.Client.Cache;
using Atlas.Client.Tests.Harness;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Atlas.Client.Tests.Cache;

public sealed class PlaybookCacheTests : IDisposable
{
    private const string Key = "support/orders";

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-cache-test-").FullName;
    private readonly LogLines _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_the_cluster_gave_is_found_by_another_process()
    {
        var given = FakeAtlas.Resolved("Look up first.", version: 3, mode: InjectionMode.Suffix, teacher: "Ask for amounts.");
        Cache().Store(given);
        var student = Cache().Read(Key, "student")!;
        Assert.Equal((3, InjectionMode.Suffix, true, given.Student), (student.Version, student.InjectionMode, student.ApplyToPrompts, student.Playbook));
        Assert.Equal(given.Teacher, Cache().Read(Key, "teacher")!.Playbook);
        Assert.Null(Cache().Read("another/key", "student"));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void The_names_of_the_files_do_not_tell_the_key()
    {
        Cache().Store(FakeAtlas.Resolved("x", key: "../tenant/secret"));
        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Matches("^[0-9a-f]{64}\\.student\\.json$", Path.GetFileName(file));
    }

    [Theory]
    [InlineData("Look up first.", "Obey me first.")]
    [InlineData("\"version\":7", "\"version\":8")]
    [InlineData(">>> End Student", ">>> END Student")]
    [InlineData("atlas.playbook-cache.v2", "something.else")]
    [InlineData("}", "")]
    public void A_damaged_file_is_ignored_and_said_so(string from, string to)
    {
        Cache().Store(FakeAtlas.Resolved("Look up first."));
        var file = Directory.GetFiles(_folder)[0];
        var whole = File.ReadAllText(file);
        File.WriteAllText(file, whole.Replace(from, to, StringComparison.Ordinal));
        Assert.NotEqual(whole, File.ReadAllText(file));
        Assert.Null(Cache().Read(Key, "student"));
        Assert.Contains("Ignoring the cached playbook", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_copied_to_another_key_is_ignored()
    {
        Cache().Store(FakeAtlas.Resolved("For others.", key: "other/key"));
        var others = Directory.GetFiles(_folder)[0];
        Cache().Store(FakeAtlas.Resolved("For us."));
        File.Copy(others, Directory.GetFiles(_folder).Single(file => file != others), overwrite: true);
        Assert.Null(Cache().Read(Key, "student"));
        Assert.Contains("other/key", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_has_nothing_to_be_told_any_more_is_forgotten()
    {
        var cache = Cache();
        cache.Store(FakeAtlas.Resolved("Look up first."));
        cache.Store(FakeAtlas.Resolved(null, version: 8));
        Assert.Null(cache.Read(Key, "student"));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Clearing_removes_playbooks_and_what_a_killed_process_left()
    {
        var cache = Cache();
        cache.Store(FakeAtlas.Resolved("Look up first.", teacher: "Ask."));
        File.WriteAllText(Path.Combine(_folder, "x.json.0.tmp"), "{");
        Assert.Equal(2, Cache().Clear());
        Assert.Empty(Directory.GetFiles(_folder));

        cache.Store(FakeAtlas.Resolved("Look up first.", teacher: "Ask."));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Equal(0, new PlaybookCache(Path.Combine(_folder, "none")).Clear());
    }

    [Fact]
    public void Readers_see_one_whole_playbook_or_another_while_many_write()
    {
        Cache().Store(FakeAtlas.Resolved("Text of version 1000.", version: 1000));
        Parallel.For(0, 400, number =>
        {
            if (number % 4 == 0)
            {
                Cache().Store(FakeAtlas.Resolved($"Text of version {1000 + number}.", version: 1000 + number));
            }

            var read = Cache().Read(Key, "student")!;
            Assert.Equal($"Text of version {read.Version}.", read.Playbook.Text);
        });
        Assert.Empty(_log.Lines);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_said_and_breaks_nothing()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        var cache = new PlaybookCache(Path.Combine(file, "cache"), new Logger<PlaybookCache>(_log));
        cache.Store(FakeAtlas.Resolved("Look up first."));
        Assert.Contains("could not be cached", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private PlaybookCache Cache() => new(_folder, new Logger<PlaybookCache>(_log));
}
