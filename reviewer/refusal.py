"""Why the system refused a file or folder, in the language of the person who reads it."""

from __future__ import annotations

import errno

from reviewer.language import tr

_CHINESE = {
    errno.EACCES: "没有权限",
    errno.EPERM: "系统不允许",
    errno.ENOENT: "文件不存在",
    errno.EEXIST: "已经存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹",
    errno.ELOOP: "链接成环",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOTSUP: "文件系统不支持",
    errno.ETXTBSY: "文件正被占用",
    errno.EBUSY: "文件正被占用",
}


def cause(error: OSError) -> str:
    """A few words; those of the system where there are no better ones."""
    said = error.strerror or type(error).__name__
    return tr(_CHINESE.get(error.errno or 0, said), said)
