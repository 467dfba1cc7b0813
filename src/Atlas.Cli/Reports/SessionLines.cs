using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Reports.Documents;

namespace Atlas.Cli.Reports;

/// <summary>Buffers the sessions of a report, one line each, in a private temporary file: a report's figures precede its sessions, but are
/// known only after them.</summary>
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

    /// <summary>Reads all lines from the beginning.</summary>
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
