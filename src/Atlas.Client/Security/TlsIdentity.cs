using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atlas.Contracts;
using Orleans.Connections.Security;

namespace Atlas.Client.Security;

/// <summary>The certificate that a process shows, and whom it trusts.</summary>
/// <remarks>The files are read again when they have changed, so a certificate is renewed without a restart. One that cannot be read then
/// leaves the one before in force.</remarks>
public sealed class TlsIdentity
{
    // A connection by number has no name that a certificate could be for: what counts is who signed it.
    private const string TargetHost = "atlas";
    private static readonly TimeSpan Belief = TimeSpan.FromSeconds(1);

    private readonly AtlasTlsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private Files _files;
    private long _looked;

    private TlsIdentity(AtlasTlsOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _files = Files.Read(options);
        _looked = time.GetTimestamp();
    }

    /// <summary>What the settings say; null where they name no certificate.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock; null is the system's.</param>
    /// <exception cref="AtlasRefusedException">A file is missing or is not what it should be; the message says which and why.</exception>
    public static TlsIdentity? Of(AtlasTlsOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (options.Certificate, options.Authority) switch
        {
            (null or "", null or "") when options is { Key: null or "", Password: null or "" } => null,
            (null or "", _) => throw new AtlasRefusedException(
                "Atlas:Tls:Certificate is missing. Name the file of this process's certificate, or leave the whole section out for connections without TLS."),
            (_, null or "") => throw new AtlasRefusedException(
                "Atlas:Tls:Authority is missing. Name the file of the authority that signed the certificates of this cluster; without it nobody could be told from a stranger."),
            _ => new TlsIdentity(options, time ?? TimeProvider.System),
        };
    }

    /// <summary>The own certificate with its chain.</summary>
    public SslStreamCertificateContext Chain => Current.Chain;

    /// <summary>The own certificate.</summary>
    public X509Certificate2 Certificate => Current.Chain.TargetCertificate;

    /// <summary>Whether a certificate was signed by the cluster's authority, and is valid now.</summary>
    /// <param name="shown">The certificate.</param>
    /// <param name="along">What was sent along with it; null for nothing.</param>
    public bool Trusts(X509Certificate2 shown, IEnumerable<X509Certificate2>? along = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.AddRange(Current.Authorities);
        foreach (var one in along ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(one);
        }

        return chain.Build(shown);
    }

    /// <summary>Sets the connections of Orleans up so that both sides have to show a certificate of the cluster's authority.</summary>
    public void Apply(TlsOptions tls)
    {
        ArgumentNullException.ThrowIfNull(tls);
        tls.LocalCertificate = Certificate;
        tls.LocalServerCertificateSelector = (_, _) => Certificate;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => Certificate;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, chain, _) => shown is not null && Trusts(shown, chain?.ChainElements.Skip(1).Select(element => element.Certificate));
        tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = TargetHost;
    }

    private Files Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_looked) < Belief)
                {
                    return _files;
                }

                _looked = _time.GetTimestamp();
                if (Files.StampOf(_options) != _files.Stamp)
                {
                    try
                    {
                        _files = Files.Read(_options);
                    }
                    catch (AtlasRefusedException)
                    {
                        // It is being written, most likely; what was read before is still good.
                    }
                }

                return _files;
            }
        }
    }

    private sealed record Files(SslStreamCertificateContext Chain, X509Certificate2Collection Authorities, string Stamp)
    {
        public static string StampOf(AtlasTlsOptions options) => string.Join(
            ' ', new[] { options.Certificate, options.Key, options.Authority }.OfType<string>().Select(file => File.GetLastWriteTimeUtc(file).Ticks));

        public static Files Read(AtlasTlsOptions options)
        {
            var stamp = StampOf(options);
            var authorities = Load("Authority", options.Authority!, file =>
            {
                var found = new X509Certificate2Collection();
                found.ImportFromPemFile(file);
                return found.Count > 0 ? found : throw new CryptographicException("it holds no PEM certificate");
            });
            return new Files(Load("Certificate", options.Certificate!, _ => Own(options)), authorities, stamp);
        }

        private static SslStreamCertificateContext Own(AtlasTlsOptions options)
        {
            var (file, more) = (options.Certificate!, new X509Certificate2Collection());
            X509Certificate2 own;
            if (Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12")
            {
                more = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, options.Password);
                own = more.FirstOrDefault(one => one.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
            }
            else
            {
                var key = string.IsNullOrEmpty(options.Key) ? file : options.Key;
                using var read = string.IsNullOrEmpty(options.Password)
                    ? X509Certificate2.CreateFromPemFile(file, key)
                    : X509Certificate2.CreateFromEncryptedPemFile(file, options.Password, key);

                // Some systems take no key for TLS that is only in memory.
                own = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
                more.ImportFromPemFile(file);
            }

            return SslStreamCertificateContext.Create(own, [.. more.Where(one => !one.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span))], offline: true);
        }

        private static T Load<T>(string name, string file, Func<string, T> read)
        {
            try
            {
                return read(file);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                throw new AtlasRefusedException($"Atlas:Tls:{name} cannot be used, '{file}': {wrong.Message.TrimEnd('.')}.");
            }
        }
    }
}
