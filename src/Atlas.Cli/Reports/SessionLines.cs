using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Reports.Documents;

namespace Atlas.Cli.Reports;

/// <summary>Sessions on their way into a report, a line each, in a file that nobody else sees: a report's figures come before its
/// sessions, and are known only after them.</summary>
internal sealed class SessionLines : IAsyncDisposable
{
    private readonly StreamWriter _writer;
    private readonly FileStream _file;

    public SessionLines(string folder)
    {
        _file = new FileStream(
            Path.Combine(folder, $".sessions.{Guid.NewGuid():N}.part"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            bufferSize: 64 * 1024, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        _writer = new StreamWriter(_file);
    }

    public void Add(SessionSnapshot session) => _writer.WriteLine(JsonSerializer.Serialize(session, AtlasJson.Options));

    /// <summary>All lines from the first.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        await _writer.FlushAsync();
        _file.Position = 0;
        using var reader = new StreamReader(_file, leaveOpen: true);
        while (await reader.ReadLineAsync() is { } line)
        {
            yield return line;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _file.DisposeAsync();
    }
}
